package io.faaskeeper.memory;

import static io.faaskeeper.port.Samples.alive;
import static io.faaskeeper.port.Samples.data;
import static io.faaskeeper.port.Samples.gone;
import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What storage forgets by itself, and what it does not. */
class MemoryRetentionTest {
  private static final Duration ALMOST_A_DAY = Duration.ofDays(1).minusNanos(1);
  private static final Duration A_MOMENT = Duration.ofNanos(1);
  private static final Subscription ONE = new Subscription("p", 1);

  private final VirtualTime time = new VirtualTime();
  private final MemoryStorage storage = new MemoryStorage(time, 16);

  @Test
  void aTombstoneStaysForADay() {
    apply(5);
    await(storage.nodes().apply(gone("/a", 6), Deadline.NONE));

    pass(ALMOST_A_DAY);
    assertEquals(StoredNode.gone(6, Set.of()), read("/a"));

    pass(A_MOMENT);
    assertEquals(StoredNode.ABSENT, read("/a"));
  }

  @Test
  void aTombstoneThatIsSubscribedNoMoreStaysForADay() {
    await(storage.nodes().subscribe("/a", ONE, false));
    await(storage.nodes().apply(gone("/a", 6), Deadline.NONE));
    await(storage.nodes().unsubscribe("/a", ONE));
    pass(ALMOST_A_DAY);
    assertEquals(StoredNode.gone(6, Set.of()), read("/a"));

    pass(A_MOMENT);
    assertEquals(StoredNode.ABSENT, read("/a"));
  }

  @Test
  void aSubscribedTombstoneStaysForADayAfterItWasRenewed() {
    await(storage.nodes().apply(gone("/a", 6), Deadline.NONE));
    pass(ALMOST_A_DAY);
    await(storage.nodes().subscribe("/a", ONE, false));
    pass(ALMOST_A_DAY);
    assertEquals(StoredNode.gone(6, Set.of(ONE)), read("/a"));

    pass(A_MOMENT);
    assertEquals(StoredNode.ABSENT, read("/a"));
  }

  @Test
  void aPlaceholderThatIsRenewedByTheSameSubscriptionStays() {
    await(storage.nodes().subscribe("/a", ONE, false));
    pass(ALMOST_A_DAY);
    await(storage.nodes().subscribe("/a", ONE, false));
    pass(ALMOST_A_DAY);
    assertEquals(StoredNode.gone(0, Set.of(ONE)), read("/a"));

    pass(A_MOMENT);
    assertEquals(StoredNode.ABSENT, read("/a"));
  }

  @Test
  void aNodeThatWasCreatedAgainStays() {
    await(storage.nodes().subscribe("/a", ONE, false));
    await(storage.nodes().apply(gone("/a", 6), Deadline.NONE));
    apply(7);

    pass(Duration.ofDays(3));

    assertEquals(7, read("/a").touched());
    assertEquals(Set.of(ONE), read("/a").interested());
  }

  @Test
  void aClosedSessionStaysForADayAndAnOpenOneForEver() {
    SessionState open = new SessionState(7, 5, SessionState.Status.OPEN, 4000, "p", 1, 0, 5, 0, 1);
    await(storage.sessions().apply(open, Deadline.NONE));
    pass(Duration.ofDays(3));
    assertEquals(Optional.of(open), await(storage.sessions().read(7)));

    SessionState closed = open.with(SessionState.Status.CLOSED, 6);
    await(storage.sessions().apply(closed, Deadline.NONE));
    pass(ALMOST_A_DAY);
    assertEquals(Optional.of(closed), await(storage.sessions().read(7)));

    pass(A_MOMENT);
    assertEquals(Optional.empty(), await(storage.sessions().read(7)));
  }

  @Test
  void anItemOfAMailboxStaysForADayAfterTheLastAddition() {
    add("p", 3, 0);
    pass(ALMOST_A_DAY);
    add("p", 3, 1);
    pass(ALMOST_A_DAY);
    assertEquals(Map.of(3L, List.of(event(0), event(1))), mailbox("p"));

    pass(A_MOMENT);
    assertEquals(Map.of(), mailbox("p"));
  }

  @Test
  void theItemOfAChildThatIsGoneStaysForADay() {
    child("back", 5, true);
    child("back", 6, false);
    child("gone", 6, false);
    pass(ALMOST_A_DAY);
    child("back", 7, true);
    assertEquals(List.of("back", "gone"), children());

    pass(A_MOMENT);
    assertEquals(List.of("back"), children());
  }

  private void child(String name, long zxid, boolean alive) {
    await(
        storage
            .children()
            .apply("/", name, new ChildItem.Version(zxid, alive), null, Deadline.NONE));
  }

  private List<String> children() {
    return await(storage.children().list("/", null)).items().stream().map(ChildItem::name).toList();
  }

  @Test
  void theMailboxOfAProcessGoesWithIt() {
    for (String process : List.of("o", "p", "pp")) {
      await(storage.processes().register(process, new byte[32], 4000, ""));
      add(process, 3, 0);
    }

    await(storage.processes().remove("p", Deadline.NONE));
    assertEquals(Map.of(3L, List.of(event(0))), mailbox("p"));

    await(storage.processes().fence("p", 0, Deadline.NONE));
    await(storage.processes().remove("p", Deadline.NONE));
    assertEquals(Map.of(), mailbox("p"));
    assertEquals(Map.of(3L, List.of(event(0))), mailbox("o"));
    assertEquals(Map.of(3L, List.of(event(0))), mailbox("pp"));
  }

  @Test
  void forgettingKeepsUpWithTheChanges() {
    for (int i = 0; i < 1000; i++) {
      await(storage.nodes().apply(gone("/" + i, 1 + i), Deadline.NONE));
    }
    time.advance(Duration.ofDays(1));

    for (int i = 0; i < 500; i++) {
      await(storage.nodes().apply(gone("/new" + i, 2000 + i), Deadline.NONE));
    }

    for (int i = 0; i < 1000; i++) {
      assertEquals(StoredNode.ABSENT, read("/" + i));
    }
  }

  @Test
  void everyStageIsCompleteAtOnce() {
    Stream<CompletionStage<? extends @Nullable Object>> stages =
        Stream.of(
            storage.nodes().apply(alive("/a", 1, data(9, 1)), Deadline.NONE),
            storage.nodes().read("/a", true),
            storage.nodes().subscribe("/a", ONE, true),
            storage.children().apply("/", "a", new ChildItem.Version(1, true), null, Deadline.NONE),
            storage.children().list("/", null),
            storage.watermarks().read(),
            storage.mailbox().read("p", 0, 9),
            storage.processes().renew("p", 4000),
            storage.log().read(1));

    assertTrue(stages.allMatch(s -> s.toCompletableFuture().isDone()));
  }

  /** Time alone does nothing: it takes a change of something to forget what is due. */
  private void pass(Duration duration) {
    time.advance(duration);
    await(storage.owners().put("some", "entry", Deadline.NONE));
  }

  private void apply(long zxid) {
    await(storage.nodes().apply(alive("/a", zxid, data(9, 1)), Deadline.NONE));
  }

  private StoredNode read(String path) {
    return await(storage.nodes().read(path, false));
  }

  private void add(String process, long zxid, int index) {
    await(storage.mailbox().add(process, zxid, List.of(event(index)), Deadline.NONE));
  }

  private Map<Long, List<MailboxEvent>> mailbox(String process) {
    return await(storage.mailbox().read(process, 0, Long.MAX_VALUE));
  }

  private static MailboxEvent event(int index) {
    return new MailboxEvent(index, MailboxEvent.Kind.DATA_CHANGED, "/a", null);
  }
}
