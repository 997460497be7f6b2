package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.VirtualTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** Each program notices when what it means is violated. */
class ProgramsTest {
  private static final long S = 77;
  private final Random random = new Random(1);
  private final ScriptedLine line = new ScriptedLine();

  /** A connection whose answers the test gives. */
  private static final class ScriptedLine implements Line {
    private record Asked(ClientRequest request, Consumer<Reply> then) {}

    private final Deque<Asked> asked = new ArrayDeque<>();
    private boolean finished;

    @Override
    public long sessionId() {
      return S;
    }

    @Override
    public void ask(ClientRequest request, Consumer<Reply> then) {
      asked.add(new Asked(request, then));
    }

    @Override
    public void later(int millis, Runnable task) {
      task.run();
    }

    @Override
    public void finish() {
      finished = true;
    }

    /** Answers the oldest request; tells which it was. */
    ClientRequest answer(Code code, Reply.Body body) {
      Asked first = asked.remove();
      first.then().accept(new Reply(9, code, body));
      return first.request();
    }

    ClientRequest ok(Result result) {
      return answer(Code.OK, new Reply.Written(result));
    }

    ClientRequest data(String data, int version) {
      return answer(Code.OK, new Reply.Data(Ask.bytes(data), stat(1, version, 0, 0)));
    }

    ClientRequest names(String... names) {
      return answer(Code.OK, new Reply.Children(List.of(names), NodeStat.NONE));
    }

    /** The answers to what was asked are lost. */
    void lose() {
      asked.clear();
    }
  }

  @Test
  void twoHoldTheLock() {
    LockProgram.Holders holders = new LockProgram.Holders();
    holders.enter("A");
    LockProgram other = new LockProgram("B", holders, random, 1);
    other.connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    violates("B holds the lock, and so does A", () -> line.names("B-1-0000000003"));
  }

  @Test
  void whoIsNotFirstWaitsForTheLock() {
    LockProgram.Holders holders = new LockProgram.Holders();
    holders.enter("A");
    LockProgram other = new LockProgram("B", holders, random, 1);
    other.connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.names("B-1-0000000003", "Z-1-0000000002");
    assertEquals(
        Ask.exists("/lock/Z-1-0000000002"),
        line.answer(Code.OK, new Reply.StatBody(NodeStat.NONE)));
    assertTrue(line.asked.isEmpty());
  }

  @Test
  void twoLeadersHaveOneEpoch() {
    LeaderProgram.Epochs epochs = new LeaderProgram.Epochs();
    epochs.take(4, "A");
    new LeaderProgram("B", epochs, random, 1).connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.ok(new Result.Created("/leader", NodeStat.NONE));
    line.data("", 3);
    violates(
        "B leads in epoch 4, which is of A", () -> line.ok(new Result.DataSet(stat(1, 4, 0, 0))));
  }

  @Test
  void anIncrementIsLostOrHappensTwice() {
    CounterProgram counter = new CounterProgram("A", 2);
    counter.connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.data("A=0,B=7", 7);
    line.ok(new Result.DataSet(stat(1, 8, 0, 0)));
    violates("A incremented 1 times, stored are 0", () -> line.data("B=7", 8));
  }

  @Test
  void whoLostItsConnectionReadsWhetherItIncremented() {
    CounterProgram counter = new CounterProgram("A", 2);
    counter.connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.data("", 0);
    line.lose();
    counter.connected(line, false);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.data("A=1", 1);
    line.ok(new Result.DataSet(stat(1, 2, 0, 0)));
    line.data("A=2", 2);
    assertTrue(line.finished);
    violates(
        "A incremented 2 times, stored are 3",
        () -> counter.check(truth(created("/counter", 2, "A=3", 0))));
  }

  @Test
  void aGateIsPassedTooEarly() {
    BarrierProgram.Gates gates = new BarrierProgram.Gates(2);
    new BarrierProgram("A", gates, 1).connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.answer(Code.OK, new Reply.None());
    line.answer(Code.OK, new Reply.None());
    violates("A passes round 0, and there are only [A]", () -> line.names("A", "ready"));
  }

  @Test
  void anElementIsTakenTwiceLostOrLeft() {
    QueueProgram.Account account = new QueueProgram.Account();
    for (String element : List.of("a", "b", "c")) {
      account.tries(element);
      account.put(element);
    }
    account.taken("a", "A");
    account.perhapsTaken("b");
    account.check(List.of("c"));
    violates("a was taken by B and by A", () -> account.taken("a", "B"));
    violates("x was taken, and never put", () -> account.taken("x", "B"));
    violates("c was put, and is lost", () -> account.check(List.of()));
    violates("a is left", () -> account.check(List.of("a", "c")));
    violates("c is left", () -> account.check(List.of("c", "c")));
  }

  @Test
  void aMemberIsMissingOrOutlivesItsSession() {
    MemberProgram member = new MemberProgram("A", random, 0);
    member.connected(line, true);
    line.answer(Code.NODEEXISTS, new Reply.None());
    line.answer(Code.OK, new Reply.None());
    member.check(truth(open(2), created("/members/4d", 3, "A", S)));
    violates("A is connected, and no member", () -> member.check(truth(open(2))));
    violates(
        "58 is a member, and its session is over",
        () -> member.check(truth(open(2), created("/members/58", 3, "A", 88))));
  }

  @Test
  void aCacheIsNotTheTruth() {
    CacheProgram cache = new CacheProgram("A", false);
    cache.connected(line, true);
    line.data("1", 0);
    assertEquals(Ask.children("/a", true), line.names());
    cache.check(truth(created("/a", 2, "1", 0)));
    violates("A holds {/a=1}, not {/a=2}", () -> cache.check(truth(created("/a", 2, "2", 0))));
    violates("A holds {/a=1}, not {}", () -> cache.check(truth(open(2))));
  }

  private static NodeStat stat(long zxid, int version, long owner, int children) {
    return new NodeStat(zxid, zxid, 0, 0, version, 0, 0, owner, 1, children, zxid);
  }

  private static LogEntry open(long zxid) {
    SessionState session =
        new SessionState(S, zxid, SessionState.Status.OPEN, 4_000, "p", 1, 0, zxid, 0, 1);
    return new LogEntry(zxid, session, 0, 0, true, new Result.Checked(), List.of(), "");
  }

  private static LogEntry created(String path, long zxid, String data, long owner) {
    NodeStat stat = stat(zxid, 0, owner, 0);
    return LogEntry.ofService(
        zxid,
        new Result.Created(path, stat),
        List.of(new NodeChange(path, NodeChange.Kind.CREATED, stat, 0, Acl.OPEN, Ask.bytes(data))));
  }

  private static LogTruth truth(LogEntry... entries) {
    MemoryStorage storage = new MemoryStorage(new VirtualTime(), 64);
    List<LogEntry> all = new ArrayList<>();
    all.add(LogEntry.ofService(entries[0].zxid() - 1, new Result.Checked(), List.of()));
    all.addAll(List.of(entries));
    storage.log().append(new LogRecord(1, 1, all), Deadline.NONE).toCompletableFuture().join();
    return LogTruth.of(storage.log());
  }

  private static void violates(String why, Runnable check) {
    AssertionError violation = assertThrows(AssertionError.class, check::run);
    assertTrue(String.valueOf(violation.getMessage()).contains(why), violation.getMessage());
  }
}
