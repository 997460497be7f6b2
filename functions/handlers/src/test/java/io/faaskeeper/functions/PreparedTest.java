package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PreparedTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<String> done = new CopyOnWriteArrayList<>();

  /** What the next one waits for when it is made. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  private volatile boolean failing;

  private final class Made implements AutoCloseable {
    private final int number;

    Made() {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (failing) {
        throw new IllegalStateException("no storage");
      }
      number = done.size();
      done.add("made " + number);
    }

    void rehearse() {
      done.add("rehearsed " + number);
    }

    @Override
    public void close() {
      done.add("closed " + number);
    }
  }

  @Test
  void withoutSnapshotsItIsMadeOnce() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);

    Made made = prepared.get(LONG);
    assertEquals("done", prepared.await(CompletableFuture.completedStage("done"), LONG));

    assertSame(made, prepared.get(LONG));
    assertEquals(List.of("made 0"), done);
  }

  /** What is restored more than once is made anew each time, from what was closed once. */
  @Test
  void eachInstanceHasItsOwnAfterASnapshot() throws Exception {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    Made before = prepared.get(LONG);
    prepared.beforeCheckpoint(Core.getGlobalContext());
    assertEquals(List.of("made 0", "rehearsed 0", "closed 0"), done);

    prepared.afterRestore(Core.getGlobalContext());
    Made first = prepared.get(LONG);
    prepared.afterRestore(Core.getGlobalContext());

    assertNotSame(before, first);
    assertNotSame(first, prepared.get(LONG));
    assertEquals(List.of("made 0", "rehearsed 0", "closed 0", "made 3", "made 4"), done);
  }

  @Test
  void whatIsOverdueDoesNotMeetTheNextEvent() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    giveUp(prepared);
    assertEquals(List.of("made 0"), done);

    Made second = prepared.get(LONG);

    assertEquals(List.of("made 0", "closed 0", "made 2"), done);
    assertSame(second, prepared.get(LONG));
  }

  /** An event that fails in time leaves nothing that runs. */
  @Test
  void aFailureIsNotOverdue() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    var refused = new IllegalStateException("refused");

    CompletionException failure =
        assertThrows(
            CompletionException.class,
            () -> prepared.await(CompletableFuture.failedStage(refused), LONG));

    assertSame(refused, failure.getCause());
    Made unused = prepared.get(LONG);
    assertEquals(List.of("made 0"), done);
  }

  @Test
  void whatIsMadeForTooLongIsThereForALaterEvent() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    giveUp(prepared);
    gate = new CountDownLatch(1);
    assertThrows(OverdueException.class, () -> prepared.get(Duration.ZERO));
    assertThrows(OverdueException.class, () -> prepared.get(Duration.ZERO));

    gate.countDown();
    Made unused = prepared.get(LONG);

    assertEquals(List.of("made 0", "closed 0", "made 2"), done);
  }

  @Test
  void whatCouldNotBeMadeIsMadeForTheNextEvent() {
    Prepared<Made> prepared = Prepared.of(Made::new, Made::rehearse);
    giveUp(prepared);
    failing = true;
    assertThrows(CompletionException.class, () -> prepared.get(LONG));

    failing = false;
    Made unused = prepared.get(LONG);

    assertEquals(List.of("made 0", "closed 0", "made 2"), done);
  }

  private static void giveUp(Prepared<Made> prepared) {
    assertThrows(
        OverdueException.class, () -> prepared.await(new CompletableFuture<>(), Duration.ZERO));
  }
}
