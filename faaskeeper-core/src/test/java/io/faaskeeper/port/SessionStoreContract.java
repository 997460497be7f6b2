package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.freshNumber;
import static io.faaskeeper.port.Samples.freshProcess;
import static io.faaskeeper.port.Stages.await;
import static io.faaskeeper.port.Stages.awaitFailure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link SessionStore} must do. To run it on an implementation, extend it and return one
 * from {@link #sessions}; one store can serve all tests, each uses sessions of its own.
 */
public abstract class SessionStoreContract {
  private final SessionState first =
      new SessionState(
          freshNumber(), 5, Status.OPEN, 4000, freshProcess(), 1, freshNumber(), 4, 0, 3);
  private SessionStore sessions;

  /** The store to test. */
  protected abstract SessionStore sessions();

  /** The clock that it tells deadlines by. */
  protected Clock clock() {
    return Clock.SYSTEM;
  }

  @BeforeEach
  void open() {
    sessions = sessions();
  }

  @Test
  void aFreshSessionHasNoRow() {
    assertEquals(Optional.empty(), await(sessions.read(first.id())));
  }

  @Test
  void aSessionIsReadAsItWasWritten() {
    apply(first);

    assertStored(first);
    assertEquals(Optional.empty(), await(sessions.read(first.id() + 1)));
  }

  @Test
  void aLaterStateReplacesInAnyStatus() {
    apply(first);
    SessionState later = first.answered(1L << 40, 17, 9);
    apply(later);
    assertStored(later);

    apply(later.with(Status.CLOSING, (1L << 40) + 1));
    assertStored(later.with(Status.CLOSING, (1L << 40) + 1));

    apply(later.with(Status.CLOSED, (1L << 40) + 2));
    assertStored(later.with(Status.CLOSED, (1L << 40) + 2));
  }

  @Test
  void aStateThatIsNotLaterChangesNothing() {
    SessionState stored = first.answered(8, 2, 4);
    apply(stored);

    apply(first);
    apply(first.answered(8, 3, 5));
    apply(first.with(Status.CLOSED, 7));

    assertStored(stored);
  }

  @Test
  void aClosedSessionIsNotOpenedAgainByALateState() {
    SessionState closed = first.with(Status.CLOSED, 9);
    apply(closed);

    apply(first.answered(8, 2, 4));

    assertStored(closed);
  }

  @Test
  void ofStatesAtOnceTheLatestStays() {
    for (int round = 0; round < 10; round++) {
      SessionState each =
          new SessionState(freshNumber(), 1, Status.OPEN, 4000, freshProcess(), 1, 0, 1, 0, 1);

      Race.run(6, i -> await(sessions.apply(each.answered(2 + i, i, 2 + i), Deadline.NONE)));

      assertStored(each.answered(7, 5, 7));
    }
  }

  @Test
  void nothingIsAppliedAfterTheDeadline() {
    apply(first);

    awaitFailure(
        DeadlinePassedException.class,
        sessions.apply(first.answered(8, 2, 4), new Deadline(clock().nanoTime() - 1)));

    assertStored(first);
  }

  private void apply(SessionState session) {
    await(sessions.apply(session, Deadline.NONE));
  }

  private void assertStored(SessionState session) {
    assertEquals(Optional.of(session), await(sessions.read(session.id())));
  }
}
