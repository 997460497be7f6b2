package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a push is believed: that it brings all, or only what it brings. */
class MailboxReaderTest {
  private static final String PROCESS = "p";

  private final VirtualTime time = new VirtualTime();
  private final MemoryStorage storage = new MemoryStorage(time, 16);
  private final PortGate gate = new PortGate();
  private final RunQueue queue = new RunQueue(time, time, error -> {});
  private final List<String> told = new ArrayList<>();
  private final Frontier frontier =
      new Frontier(
          queue,
          storage.watermarks(),
          ClientOptions.DEFAULTS,
          this::moved,
          () -> told.add("stall"));
  private final MailboxReader reader =
      new MailboxReader(
          queue,
          gate.wrap(Mailbox.class, "mailbox", storage.mailbox()),
          PROCESS,
          frontier,
          new Subscriptions(queue, storage.nodes(), storage.watermarks(), PROCESS),
          new MailboxReader.Listener() {
            @Override
            public void nodeEvent(long zxid, MailboxEvent event) {
              told.add(zxid + " " + event.path());
            }

            @Override
            public void sessionTaken(long zxid, long sessionId) {
              told.add(zxid + " taken " + sessionId);
            }

            @Override
            public void known() {
              told.add("known");
            }
          });

  MailboxReaderTest() {
    reader.start(10);
  }

  private void moved() {
    reader.fetch();
  }

  private static MailboxEvent changed(String path) {
    return new MailboxEvent(0, MailboxEvent.Kind.DATA_CHANGED, path, null);
  }

  private static Push push(long completeFrom, long upTo, SortedMap<Long, List<MailboxEvent>> of) {
    return new Push(PROCESS, 0, completeFrom, upTo, of, List.of(), List.of());
  }

  private static SortedMap<Long, List<MailboxEvent>> event(long zxid, String path) {
    return new TreeMap<>(Map.of(zxid, List.of(changed(path))));
  }

  /** Takes it as a process does, whose lowest view that waits for events is {@code view}. */
  private boolean take(Push push, long view) {
    frontier.proveApplied(push.upTo());
    return reader.push(push, () -> view);
  }

  private void put(long zxid, String path) {
    storage.mailbox().add(PROCESS, zxid, List.of(changed(path)), Deadline.NONE);
  }

  @Test
  void oneThatContinuesWhatIsKnownIsAllThereIs() {
    assertTrue(take(push(10, 12, event(12, "/a")), 10));
    assertEquals(12, reader.known());
    assertEquals(List.of("12 /a", "known"), told);
    reader.want(12);
    assertEquals(0, gate.count("mailbox.read"));
  }

  @Test
  void oneThatIsNeverCompleteBringsItsEventsAndProvesNothing() {
    put(11, "/missing");
    put(12, "/a");
    assertFalse(take(push(Push.NEVER, 12, event(12, "/a")), 10));
    assertEquals(10, reader.known());
    assertEquals(List.of("12 /a"), told);

    reader.want(12);

    assertEquals(1, gate.count("mailbox.read"));
    assertEquals(12, reader.known());
    assertEquals(List.of("12 /a", "11 /missing", "known"), told);
    assertEquals(List.of(11L, 12L), List.copyOf(reader.between(10, 12).keySet()));
  }

  @Test
  void oneThatIsNeverCompleteIsNoNewBeginningEvenIfNobodyWaitsForEvents() {
    put(11, "/missing");
    assertFalse(take(push(Push.NEVER, 12, new TreeMap<>()), Long.MAX_VALUE));
    assertFalse(take(push(Push.NEVER, Push.NEVER, new TreeMap<>()), 10));
    assertEquals(10, reader.known());

    List<String> done = new ArrayList<>();
    storage.watermarks().advance(new Watermark(0, 0, 0, false), 1, 12, Deadline.NONE);
    reader.whenComplete(12, () -> done.add("done"));

    assertEquals(List.of("done"), done);
    assertEquals(List.of("11 /missing", "known"), told);
  }

  @Test
  void oneThatBeginsLaterIsANewBeginningOnlyForWhomNothingBeforeItMatters() {
    assertFalse(take(push(11, 13, event(13, "/a")), 10));
    assertEquals(10, reader.known());
    assertTrue(take(push(12, 14, event(14, "/b")), 12));
    assertEquals(14, reader.known());
    assertEquals(List.of("13 /a", "14 /b", "known"), told);
    assertEquals(List.of(13L, 14L), List.copyOf(reader.between(12, 14).keySet()));
  }

  @Test
  void whatWasPassedOverIsStillReadForWhomNothingMayBeMissing() {
    put(11, "/passed-over");
    assertTrue(take(push(12, 14, new TreeMap<>()), 12));
    List<String> done = new ArrayList<>();
    reader.whenComplete(14, () -> done.add("done"));
    assertEquals(List.of("done"), done);
    assertEquals(1, gate.count("mailbox.read"));
    assertEquals(List.of("known"), told, "no view needs it");
  }
}
