package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeChange.Kind;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.SessionState.Status;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Perms;
import org.junit.jupiter.api.Test;

/** A sound history passes, and each checker refuses one that breaks its rule. */
class CheckersTest {
  private static final long S = 77;
  private static final Result CLOSED = new Result.SessionClosed();
  private static final String HINT = "00000000000000070000000000000007/gone";
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  /** Of /a at zxid 2 and 3. */
  private static final NodeStat CREATED = stat(2, 0, 0);

  private static final NodeStat SET = stat(3, 1, 0);

  private final VirtualTime time = new VirtualTime();
  private final MemoryStorage storage = new MemoryStorage(time, 64);
  private final List<LogEntry> entries =
      List.of(
          entry(1, Status.OPEN, 0, new Result.SessionOpened(1, 4_000)),
          entry(2, Status.OPEN, 1, new Result.Created("/a", CREATED), created("/a", CREATED)),
          entry(
              3,
              Status.OPEN,
              2,
              new Result.DataSet(SET),
              new NodeChange("/a", Kind.DATA, SET, 0, null, TWO)),
          entry(4, Status.CLOSED, 3, new Result.SessionClosed()));
  private final LogTruth truth = truth(storage, entries);

  private final HistoryCheck.Answer create =
      write(
          new Operation.Create("/a", ONE, Acl.OPEN, CreateMode.PERSISTENT, -1),
          2,
          new Result.Created("/a", CREATED));
  private final HistoryCheck.Answer watching = read(2, ONE, CREATED);
  private final HistoryCheck.Happened event = event(3, "/a");
  private final HistoryCheck.Answer set =
      write(new Operation.SetData("/a", TWO, -1), 3, new Result.DataSet(SET));
  private final HistoryCheck.Answer after = read(3, TWO, SET);
  private final HistoryCheck.Answer close =
      write(new Operation.CloseSession(), 4, new Result.SessionClosed());

  @Test
  void aSoundHistoryPasses() {
    check(create, watching, event, set, after, close);
    new SessionCheck().check(entries);
  }

  @Test
  void viewGoesBack() {
    refused("view went back", create, watching, event, after, watching);
  }

  @Test
  void ownWriteIsNotSeen() {
    refused("own write 3 not seen", create, set, read(2, ONE, CREATED));
  }

  @Test
  void anEventIsLostTwiceOrInvented() {
    refused("reply before event", create, watching, set);
    refused("events in", create, watching, after);
    refused("events in", create, watching, event, event, after);
    refused("told at last", create, watching, event(3, "/b"));
    refused("told at last", create, event);
  }

  @Test
  void aReadIsNotTheStateAtItsView() {
    refused("other data", create, read(2, TWO, CREATED));
    refused("other Stat", create, read(2, ONE, SET));
  }

  @Test
  void aSessionGoesBackByAReconnect() {
    violates(
        "attached at 2",
        () -> new ConnectionCheck(truth).check(new SimulatedClient.Connection(S, 2, 3, List.of())));
  }

  @Test
  void anAnswerAfterTheEnd() {
    HistoryCheck.Answer late =
        new HistoryCheck.Answer(
            new ClientRequest.GetData("/a", false),
            new Reply(5, Code.OK, new Reply.Data(TWO, SET)));
    violates(
        "closed at 4",
        () ->
            new ConnectionCheck(truth)
                .check(new SimulatedClient.Connection(S, 4, 4, List.of(late))));
  }

  @Test
  void anAcknowledgedWriteIsNotThere() {
    HistoryCheck.Answer lost = write(new Operation.Delete("/a", -1), 9, new Result.Deleted());
    violates(
        "not in the log",
        () -> new WriteCheck(truth).check(S, new Operation.Delete("/a", -1), lost.reply()));
    refused("another result", write(new Operation.Delete("/a", -1), 2, new Result.Deleted()));
  }

  @Test
  void aFailedWriteChangedSomething() {
    refused(
        "failed, and changed",
        new HistoryCheck.Answer(
            new ClientRequest.Write(new Operation.SetData("/a", TWO, 7)),
            Reply.of(3, Code.BADVERSION)));
  }

  @Test
  void zooKeeperWouldAnswerOtherwise() {
    refused(
        "ZooKeeper answers BADVERSION",
        write(new Operation.SetData("/a", TWO, 7), 3, new Result.DataSet(SET)));
    refused(
        "its effect is not in the log",
        write(new Operation.SetData("/a", ONE, -1), 3, new Result.DataSet(SET)));
  }

  @Test
  void aRequestTakesEffectTwiceOrAfterTheEnd() {
    List<LogEntry> twice = new ArrayList<>(entries.subList(0, 3));
    twice.add(entry(4, Status.OPEN, 2, new Result.DataSet(SET)));
    violates("twice, or a gap", () -> new SessionCheck().check(twice));
    List<LogEntry> later = new ArrayList<>(entries);
    later.add(entry(5, Status.OPEN, 4, new Result.DataSet(SET)));
    violates("after its end", () -> new SessionCheck().check(later));
    violates("never closed", () -> new SessionCheck().check(entries.subList(0, 3)));
  }

  @Test
  void anEphemeralOutlivesItsSession() {
    List<LogEntry> log = new ArrayList<>(entries.subList(0, 3));
    log.add(
        entry(
            4,
            Status.OPEN,
            3,
            new Result.Created("/e", stat(4, 0, S)),
            created("/e", stat(4, 0, S))));
    log.add(entry(5, Status.CLOSED, 4, new Result.SessionClosed()));
    violates("outlive", () -> new SessionCheck().check(log));
  }

  @Test
  void aWriteComesBeforeWhatWasKnown() {
    RealTime realTime = new RealTime();
    realTime.answered(set.request(), set.reply(), 0);
    assertEquals(3, realTime.asked());
    violates("was asked when 3", () -> realTime.answered(create.request(), create.reply(), 3));
    violates(
        "was asked when 3",
        () -> realTime.answered(new ClientRequest.Sync("/"), Reply.of(2, Code.OK), 3));
  }

  @Test
  void aMultiIsDoneInPart() {
    List<Result> parts = List.of(new Result.DataSet(SET), new Result.Created("/b", CREATED));
    Operation.Multi multi =
        new Operation.Multi(
            List.of(
                new Operation.SetData("/a", TWO, -1),
                new Operation.Create("/b", ONE, Acl.OPEN, CreateMode.PERSISTENT, -1)));
    Result.MultiResult result = new Result.MultiResult(Code.OK, parts);
    List<LogEntry> log = new ArrayList<>(entries.subList(0, 2));
    log.add(entry(3, Status.OPEN, 2, result, new NodeChange("/a", Kind.DATA, SET, 0, null, TWO)));
    LogTruth other = truth(new MemoryStorage(time, 64), log);
    violates(
        "its effect is not in the log: /b should be",
        () ->
            new WriteCheck(other)
                .check(S, multi, new Reply(3, Code.OK, new Reply.Written(result))));
  }

  @Test
  void aMultiFailsWhereItShouldNot() {
    Operation.Multi multi = new Operation.Multi(List.of(new Operation.Check("/a", 0)));
    Result.MultiResult failed =
        new Result.MultiResult(Code.NONODE, List.of(new Result.Failed(Code.NONODE)));
    List<LogEntry> log = new ArrayList<>(entries.subList(0, 2));
    log.add(entry(3, Status.OPEN, 2, failed));
    LogTruth other = truth(new MemoryStorage(time, 64), log);
    violates(
        "ZooKeeper does all of it",
        () ->
            new WriteCheck(other)
                .check(S, multi, new Reply(3, Code.OK, new Reply.Written(failed))));
  }

  @Test
  void watchesSetAgainAreNotRaisedOrRaisedTwice() {
    ClientRequest.SetWatches request =
        new ClientRequest.SetWatches(2, List.of("/a"), List.of(), List.of(), List.of(), List.of());
    HistoryCheck.Answer answer = new HistoryCheck.Answer(request, Reply.of(3, Code.OK));
    HistoryCheck.Happened raised = event(-1, "/a");
    HistoryCheck.Restoring asked = new HistoryCheck.Restoring(request);
    check(asked, raised, answer, after);
    check(asked, event, answer, after);
    refused("events were []", asked, answer);
    refused("events were", asked, raised, raised, answer);
    refused("events were", asked, raised, event(-1, "/b"), answer);
  }

  @Test
  void aRecursiveWatchSetAgainTellsAllFromSomeMomentOn() {
    ClientRequest.SetWatches request =
        new ClientRequest.SetWatches(1, List.of(), List.of(), List.of(), List.of(), List.of("/"));
    HistoryCheck.Answer answer = new HistoryCheck.Answer(request, Reply.of(3, Code.OK));
    HistoryCheck.Restoring asked = new HistoryCheck.Restoring(request);
    HistoryCheck.Happened creation =
        new HistoryCheck.Happened(new LogTruth.Event(2, EventType.NodeCreated, "/a"));
    check(asked, creation, event, answer, after);
    check(asked, event, answer, after);
    check(asked, answer, after);
    refused("events were", asked, creation, answer);
    refused("events out of order", asked, event, creation, answer);
    refused("events were", asked, event(-1, "/a"), answer);
  }

  @Test
  void aNodeThatMayNotBeReadIsReadOrToldOf() {
    List<Acl> closed = List.of(new Acl(Perms.ADMIN, "world", "anyone"));
    LogTruth other =
        truth(
            new MemoryStorage(time, 64),
            List.of(
                entry(
                    2,
                    Status.OPEN,
                    1,
                    new Result.Created("/a", CREATED),
                    new NodeChange("/a", Kind.CREATED, CREATED, 0, closed, ONE)),
                entry(
                    3,
                    Status.OPEN,
                    2,
                    new Result.DataSet(SET),
                    new NodeChange("/a", Kind.DATA, SET, 0, closed, TWO))));
    HistoryCheck.Answer absent =
        new HistoryCheck.Answer(new ClientRequest.Exists("/a", true), Reply.of(1, Code.NONODE));
    HistoryCheck.Answer forbidden =
        new HistoryCheck.Answer(new ClientRequest.Exists("/a", true), Reply.of(2, Code.NOAUTH));
    HistoryCheck.Happened creation =
        new HistoryCheck.Happened(new LogTruth.Event(2, EventType.NodeCreated, "/a"));
    new HistoryCheck(other, S, 1).check(List.of(absent, forbidden));
    violates("which is NOAUTH", () -> new HistoryCheck(other, S, 1).check(List.of(watching)));
    violates(
        "events in",
        () -> new HistoryCheck(other, S, 1).check(List.of(absent, creation, forbidden)));
    violates("told at last", () -> new HistoryCheck(other, S, 1).check(List.of(forbidden, event)));
  }

  @Test
  void anAnswerIsOlderThanItsTimeout() {
    Freshness freshness = new Freshness(time);
    freshness.advanced(3);
    time.advance(Duration.ofSeconds(60));
    freshness.advanced(4);
    freshness.answered(after.request(), after.reply(), 4_000);
    violates(
        "old for more than", () -> freshness.answered(watching.request(), watching.reply(), 4_000));
  }

  @Test
  void aRemovedWatchWasNotThere() {
    HistoryCheck.Answer removed =
        new HistoryCheck.Answer(
            new ClientRequest.RemoveWatches("/a", WatcherType.Data, false), Reply.of(2, Code.OK));
    check(create, watching, removed, after);
    refused("watches were there: false", create, removed);
  }

  @Test
  void otherAnswersAreNotTheStateAtTheView() {
    refused("not 0 nodes", create, answer(new ClientRequest.GetAllChildrenNumber("/a"), count(1)));
    refused(
        "ephemerals other than []",
        create,
        answer(new ClientRequest.GetEphemerals("/"), new Reply.Paths(List.of("/a"))));
    refused(
        "other ACL",
        create,
        answer(new ClientRequest.GetAcl("/a"), new Reply.AclBody(Acl.READ, CREATED)));
  }

  private static Reply.Body count(int count) {
    return new Reply.Count(count);
  }

  private static HistoryCheck.Answer answer(ClientRequest request, Reply.Body body) {
    return new HistoryCheck.Answer(request, new Reply(2, Code.OK, body));
  }

  @Test
  void aSessionEndsTooEarly() {
    for (int millis : List.of(2_000, 4_000)) {
      SessionLives lives = new SessionLives(time);
      lives.appended(new LogRecord(1, 1, entries.subList(0, 1)));
      lives.connected(S, 4_000);
      lives.renewed("p");
      time.advance(Duration.ofMillis(millis));
      lives.appended(new LogRecord(2, 1, List.of(entry(2, Status.CLOSED, 0, CLOSED))));
      if (millis == 2_000) {
        violates("a session ends 2000 ms after a sign of life", lives::check);
      } else {
        lives.check();
      }
    }
  }

  @Test
  void aSessionMayEndWhenItsClientAsksForIt() {
    SessionLives lives = new SessionLives(time);
    lives.appended(new LogRecord(1, 1, entries.subList(0, 1)));
    lives.connected(S, 4_000);
    lives.renewed("p");
    lives.closing(S);
    lives.appended(new LogRecord(2, 1, List.of(entry(2, Status.CLOSED, 1, CLOSED))));
    lives.check();
  }

  /** Whether it is told that it got it, or not. */
  @Test
  void aSessionMayEndAfterTheTimeoutThatItsClientAskedForLast() {
    SessionLives lives = new SessionLives(time);
    lives.appended(new LogRecord(1, 1, entries.subList(0, 1)));
    lives.connected(S, 9_000);
    lives.renewed("p");
    lives.attaching(S, 4_000);
    time.advance(Duration.ofSeconds(4));
    lives.appended(new LogRecord(2, 1, List.of(entry(2, Status.CLOSED, 0, CLOSED))));
    lives.check();
  }

  @Test
  void somethingIsLeftBehind() {
    leftBehind("the items of the children of /a", CheckersTest::child);
    leftBehind(
        "ephemerals of session 77",
        s ->
            s.owners()
                .put("s:" + HexFormat.of().toHexDigits(S), HINT.substring(16), Deadline.NONE));
    leftBehind("sessions of process p", s -> s.owners().put("p:p", HINT, Deadline.NONE));
    leftBehind("containers", s -> s.owners().put("containers", HINT, Deadline.NONE));
    leftBehind("closes on the way", s -> s.owners().put("closing", "x", Deadline.NONE));
    MailboxEvent deleted = new MailboxEvent(0, MailboxEvent.Kind.DELETED, "/a", null);
    leftBehind("the mailbox of p", s -> s.mailbox().add("p", 1, List.of(deleted), Deadline.NONE));
    leftBehind("the row of session 77", s -> s.sessions().apply(session(4, 1), Deadline.NONE));
    leftBehind("processes", s -> s.processes().register("q", ONE, 4_000, ""));
    Subscription one = new Subscription("p", 1);
    leftBehind("recursive watches", s -> s.watermarks().watchRecursively("/a", one));
    leftBehind("subscriptions to /a", s -> s.nodes().subscribe("/a", one, false));
  }

  private static CompletionStage<?> child(MemoryStorage in) {
    return in.children().apply("/a", "x", new ChildItem.Version(2, true), null, Deadline.NONE);
  }

  private void leftBehind(String what, Function<MemoryStorage, CompletionStage<?>> leave) {
    MemoryStorage one = new MemoryStorage(time, 64);
    new LeftoverCheck(ports(one), truth).check(List.of());
    leave.apply(one).toCompletableFuture().join();
    violates("left behind: " + what, () -> new LeftoverCheck(ports(one), truth).check(List.of()));
  }

  @Test
  void storageIsNotWhatTheLogSays() {
    violates("the watermark stays", () -> new EndCheck(ports(storage), truth).check());
    var start = storage.watermarks().read().toCompletableFuture().join();
    assertTrue(
        storage
            .watermarks()
            .advance(start, 1, 4, Deadline.NONE)
            .toCompletableFuture()
            .join()
            .done());
    violates("in the end /a is", () -> new EndCheck(ports(storage), truth).check());
  }

  private ServicePorts ports(MemoryStorage of) {
    return new ServicePorts(
        of.log(),
        of.watermarks(),
        of.nodes(),
        of.children(),
        of.owners(),
        of.sessions(),
        of.processes(),
        of.mailbox(),
        new MemoryChannels(),
        time,
        time);
  }

  private void check(HistoryCheck.Told... told) {
    new ConnectionCheck(truth).check(new SimulatedClient.Connection(S, 1, 0, List.of(told)));
  }

  private void refused(String why, HistoryCheck.Told... told) {
    violates(why, () -> check(told));
  }

  private static void violates(String why, Runnable check) {
    AssertionError violation = assertThrows(AssertionError.class, check::run);
    assertTrue(String.valueOf(violation.getMessage()).contains(why), violation.getMessage());
  }

  private static LogTruth truth(MemoryStorage of, List<LogEntry> entries) {
    TransactionLog log = of.log();
    log.append(new LogRecord(1, 1, entries), Deadline.NONE).toCompletableFuture().join();
    return LogTruth.of(log);
  }

  private static LogEntry entry(
      long zxid, Status status, long seq, Result result, NodeChange... changes) {
    SessionState session = session(zxid, seq).with(status, zxid);
    return new LogEntry(zxid, session, seq, 0, true, result, List.of(changes), "");
  }

  private static SessionState session(long zxid, long seq) {
    return new SessionState(S, zxid, Status.OPEN, 4_000, "p", 1, 0, 1, seq, 1);
  }

  private static NodeChange created(String path, NodeStat stat) {
    return new NodeChange(path, Kind.CREATED, stat, 0, Acl.OPEN, ONE);
  }

  private static NodeStat stat(long mzxid, int version, long owner) {
    long czxid = owner == 0 ? 2 : mzxid;
    return new NodeStat(czxid, mzxid, 0, 0, version, 0, 0, owner, 1, 0, czxid);
  }

  private static HistoryCheck.Answer write(Operation operation, long zxid, Result result) {
    return new HistoryCheck.Answer(
        new ClientRequest.Write(operation), new Reply(zxid, Code.OK, new Reply.Written(result)));
  }

  private static HistoryCheck.Answer read(long zxid, byte[] data, NodeStat stat) {
    return new HistoryCheck.Answer(
        new ClientRequest.GetData("/a", true),
        new Reply(zxid, Code.OK, new Reply.Data(data, stat)));
  }

  private static HistoryCheck.Happened event(long zxid, String path) {
    return new HistoryCheck.Happened(new LogTruth.Event(zxid, EventType.NodeDataChanged, path));
  }
}
