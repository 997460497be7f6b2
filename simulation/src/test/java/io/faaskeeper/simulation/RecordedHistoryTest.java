package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.VirtualTime;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.junit.jupiter.api.Test;

class RecordedHistoryTest {
  private static final long S = 0x71;
  private static final byte[] DATA = {1};
  private static final NodeStat STAT = new NodeStat(2, 2, 5, 5, 0, 0, 0, 0, 1, 0, 2);

  private final MemoryStorage storage = new MemoryStorage(new VirtualTime(), 64);
  private final RecordedHistory history = new RecordedHistory();
  private final RecordedHistory.Truth truth = truth();

  private RecordedHistory.Truth truth() {
    LogRecord record =
        new LogRecord(
            1,
            1,
            List.of(
                entry(1, 0, new Result.SessionOpened(1, 4_000), List.of()),
                entry(
                    2,
                    1,
                    new Result.Created("/a", STAT),
                    List.of(
                        new NodeChange("/a", NodeChange.Kind.CREATED, STAT, 0, Acl.OPEN, DATA)))));
    storage.log().append(record, Deadline.NONE).toCompletableFuture().join();
    return new RecordedHistory.Truth(storage.log());
  }

  private static LogEntry entry(long zxid, long seq, Result result, List<NodeChange> changes) {
    SessionState session =
        new SessionState(S, zxid, SessionState.Status.OPEN, 4_000, "p", 1, 0, 1, seq, 1);
    return new LogEntry(zxid, session, seq, 0, true, result, changes, "");
  }

  @Test
  void whatIsInTheLogIsHeld() {
    assertEquals(1, truth.records());
    assertTrue(truth.holds(2, "/a", DATA));
    assertFalse(truth.holds(2, "/a", new byte[] {2}));
    assertFalse(truth.holds(3, "/a", DATA));
    assertFalse(truth.holds(1, "/a", DATA));
  }

  @Test
  void anAcknowledgedWriteThatIsLostIsNamedWithItsSession() {
    history.connected(S, 1, 0).answer(create(), created(2), history.asked(), false);
    history.check(truth);

    history.connected(S, 1, 0).answer(create(), created(3), history.asked(), false);
    AssertionError e = assertThrows(AssertionError.class, () -> history.check(truth));
    assertTrue(String.valueOf(e.getMessage()).startsWith("session 0x71: acknowledged, and not in"));
  }

  @Test
  void anEventThatWasToldWhileTheAnswerWasAttachedComesAfterIt() {
    RecordedHistory.Recorded recorded = history.connected(S, 1, 0);
    ClientRequest exists = new ClientRequest.Exists("/a", true);
    Reply absent = new Reply(1, Code.NONODE, new Reply.None());
    recorded.event(2, EventType.NodeCreated, "/a");
    recorded.answer(exists, absent, history.asked(), true);
    history.check(truth);
    assertEquals("event NodeCreated /a at 2", recorded.last(1).get(0));

    RecordedHistory.Recorded early = history.connected(S, 1, 0);
    early.event(2, EventType.NodeCreated, "/a");
    early.answer(exists, absent, history.asked(), false);
    assertThrows(AssertionError.class, () -> history.check(truth));
  }

  @Test
  void anAnswerThatIsOlderThanWhatWasKnownWhenItWasAsked() {
    RecordedHistory.Recorded recorded = history.connected(S, 1, 0);
    recorded.answer(create(), created(2), history.asked(), false);
    long asked = history.asked();
    assertThrows(AssertionError.class, () -> recorded.answer(create(), created(2), asked, false));
  }

  private static ClientRequest create() {
    return new ClientRequest.Write(
        new Operation.Create("/a", DATA, Acl.OPEN, CreateMode.PERSISTENT, -1));
  }

  private static Reply created(long zxid) {
    return new Reply(zxid, Code.OK, new Reply.Written(new Result.Created("/a", STAT)));
  }
}
