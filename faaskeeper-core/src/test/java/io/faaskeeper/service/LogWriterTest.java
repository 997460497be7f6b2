package io.faaskeeper.service;

import static io.faaskeeper.service.ScriptedProcess.request;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.Seal;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

final class LogWriterTest {
  private static final long S = 77;

  private final ServiceWorld world = new ServiceWorld();
  private final Writer writer = world.writer();
  private final ScriptedProcess p = world.process();

  static Operation create(String path, CreateMode mode) {
    return new Operation.Create(path, "data".getBytes(StandardCharsets.UTF_8), Acl.OPEN, mode, 0);
  }

  private StoredNode node(String path) {
    return world.join(world.storage.nodes().read(path, true).toCompletableFuture());
  }

  private Watermark watermark() {
    return world.join(world.storage.watermarks().read().toCompletableFuture());
  }

  @Test
  void aSessionIsOpenedWithItsPasswordAndTheHeartbeatOn() {
    world.open(writer, p, S);
    Push.Answer answer = p.pushes().get(0).answers().get(0);
    assertEquals(new Result.SessionOpened(1, 4_000), answer.result());
    assertArrayEquals(Seal.password(new byte[Seal.SECRET_BYTES], S), answer.password());
    assertTrue(watermark().heartbeat());
  }

  @Test
  void aWriteIsStoredAnsweredAndPassedByTheWatermark() {
    world.open(writer, p, S);
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    Result.Created created = assertInstanceOf(Result.Created.class, p.answer(S, 1, 1));
    assertEquals("/a", created.path());
    assertEquals(3, created.stat().czxid());
    assertEquals(created.stat(), node("/a").meta().orElseThrow().stat());
    assertEquals(2, node("/").meta().orElseThrow().stat().numChildren());
    assertEquals(3, watermark().zxid());
  }

  @Test
  void aRunOfRequestsIsOneRecordAndEachSeesTheOneBefore() {
    world.open(writer, p, S);
    world.run(
        writer,
        p.message(
            request(S, 1, 1, create("/a", CreateMode.PERSISTENT)),
            request(S, 1, 2, create("/a/b", CreateMode.EPHEMERAL_SEQUENTIAL)),
            request(S, 1, 3, new Operation.SetData("/a", new byte[1], 7)),
            request(S, 1, 4, new Operation.Delete("/a", -1))));
    assertEquals(3, watermark().record());
    assertEquals("/a/b0000000000", ((Result.Created) p.answer(S, 1, 2)).path());
    assertEquals(new Result.Failed(Code.BADVERSION), p.answer(S, 1, 3));
    assertEquals(new Result.Failed(Code.NOTEMPTY), p.answer(S, 1, 4));
  }

  @Test
  void aDuplicateIsAnsweredFromTheLogByAnyWriter() {
    world.open(writer, p, S);
    byte[] first = p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT)));
    world.run(writer, first);
    for (int i = 2; i <= 5; i++) {
      world.run(writer, p.message(request(S, 1, i, new Operation.SetData("/a", new byte[i], -1))));
    }
    world.run(world.writer(), first);
    assertEquals(2, p.answers(S, 1, 1).size());
    assertEquals(p.answers(S, 1, 1).get(0), p.answers(S, 1, 1).get(1));
    assertEquals(4, node("/a").meta().orElseThrow().stat().version());
  }

  @Test
  void anAnswerTheRingHasOverwrittenIsRefusedNotInvented() {
    world.open(writer, p, S);
    byte[] first = p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT)));
    world.run(writer, first);
    for (int i = 2; i <= 2 * ServiceWorld.SLOTS; i++) {
      world.run(writer, p.message(request(S, 1, i, new Operation.SetData("/a", new byte[1], -1))));
    }
    world.run(writer, first);
    assertInstanceOf(Result.Refused.class, p.answers(S, 1, 1).get(1));
    assertEquals(2 * ServiceWorld.SLOTS - 1, node("/a").meta().orElseThrow().stat().version());
  }

  @Test
  void aGapIsRefusedAndHasNoEffect() {
    world.open(writer, p, S);
    world.run(writer, p.message(request(S, 1, 2, create("/a", CreateMode.PERSISTENT))));
    assertInstanceOf(Result.Refused.class, p.answer(S, 1, 2));
    assertTrue(node("/a").meta().isEmpty());
  }

  @Test
  void aWriterThatIsBehindNeitherRefusesNorForgets() {
    Writer other = world.writer();
    world.open(writer, p, S);
    world.run(other, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    world.run(writer, p.message(request(S, 1, 2, create("/a/b", CreateMode.PERSISTENT))));
    world.run(other, p.message(request(S, 1, 3, create("/a/c", CreateMode.PERSISTENT))));
    assertInstanceOf(Result.Created.class, p.answer(S, 1, 2));
    assertInstanceOf(Result.Created.class, p.answer(S, 1, 3));
    assertEquals(2, node("/a").meta().orElseThrow().stat().numChildren());
  }

  @Test
  void anAttachMovesTheSessionAndTheOldOwnerCanDoNothing() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    byte[] password = p.pushes().get(0).answers().get(0).password();
    byte[] late = p.message(request(S, 1, 1, create("/late", CreateMode.PERSISTENT)));
    world.run(
        writer, q.message(request(S, 0, 0, new Operation.AttachSession(password, 4_000, 2, 99))));
    assertEquals(new Result.SessionOpened(2, 4_000), q.answer(S, 2, 0));
    world.run(world.writer(), late);
    assertInstanceOf(Result.Refused.class, p.answer(S, 1, 1));
    assertTrue(node("/late").meta().isEmpty());
    List<MailboxEvent> mail =
        world
            .join(world.storage.mailbox().read(p.name(), 0, 100).toCompletableFuture())
            .values()
            .stream()
            .flatMap(List::stream)
            .toList();
    assertEquals(
        List.of(new MailboxEvent(0, MailboxEvent.Kind.SESSION_TAKEN, Long.toString(S), null)),
        mail);
  }

  @Test
  void anAttachThatComesTwiceIsOneAttach() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    byte[] password = p.pushes().get(0).answers().get(0).password();
    byte[] attach =
        q.message(request(S, 0, 0, new Operation.AttachSession(password, 4_000, 2, 99)));
    world.run(writer, attach);
    world.run(world.writer(), attach);
    assertEquals(
        List.of(new Result.SessionOpened(2, 4_000), new Result.SessionOpened(2, 4_000)),
        q.answers(S, 2, 0));
  }

  @Test
  void anAttachThatComesLateOrOnceMoreTakesNothing() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    byte[] password = p.pushes().get(0).answers().get(0).password();
    long opened = p.pushes().get(0).answers().get(0).zxid();
    byte[] first =
        q.message(request(S, 0, 0, new Operation.AttachSession(password, 4_000, opened, 98)));
    byte[] lost =
        q.message(request(S, 0, 0, new Operation.AttachSession(password, 4_000, opened, 99)));
    world.run(writer, first);
    long attached = q.pushes().get(0).answers().get(0).zxid();
    world.run(
        writer,
        p.message(request(S, 0, 0, new Operation.AttachSession(password, 9_000, attached, 97))));
    world.run(world.writer(), first, lost);
    assertEquals(
        List.of(new Result.Failed(Code.SESSIONMOVED), new Result.Failed(Code.SESSIONMOVED)),
        q.answers(S, 0, 0));
    world.run(writer, p.message(request(S, 3, 1, create("/a", CreateMode.PERSISTENT))));
    assertInstanceOf(Result.Created.class, p.answer(S, 3, 1));
  }

  @Test
  void anAttachWithAWrongPasswordOrOfNoSessionIsExpired() {
    world.open(writer, p, S);
    world.run(
        writer,
        p.message(
            request(S, 0, 0, new Operation.AttachSession(new byte[16], 4_000, 0, 1)),
            request(5, 0, 0, new Operation.AttachSession(new byte[16], 4_000, 0, 2))));
    assertEquals(new Result.Failed(Code.SESSIONEXPIRED), p.answers(S, 0, 0).get(0));
    assertEquals(new Result.Failed(Code.SESSIONEXPIRED), p.answers(5, 0, 0).get(0));
  }

  @Test
  void anAttachFromTheFutureIsRefused() {
    world.open(writer, p, S);
    byte[] password = p.pushes().get(0).answers().get(0).password();
    world.run(
        writer,
        p.message(request(S, 0, 0, new Operation.AttachSession(password, 4_000, 1_000, 1))));
    assertInstanceOf(Result.Refused.class, p.answer(S, 0, 0));
  }

  @Test
  void aCloseDeletesTheEphemeralsAlsoWhenTheWriterIsCold() {
    world.open(writer, p, S);
    world.run(
        writer,
        p.message(
            request(S, 1, 1, create("/a", CreateMode.PERSISTENT)),
            request(S, 1, 2, create("/a/e1", CreateMode.EPHEMERAL)),
            request(S, 1, 3, create("/e2", CreateMode.EPHEMERAL))));
    world.run(world.writer(), p.message(request(S, 1, 4, new Operation.CloseSession())));
    assertEquals(new Result.SessionClosed(), p.answer(S, 1, 4));
    assertTrue(node("/a/e1").meta().isEmpty());
    assertTrue(node("/e2").meta().isEmpty());
    assertEquals(0, node("/a").meta().orElseThrow().stat().numChildren());
    world.run(writer, p.message(request(S, 1, 5, create("/x", CreateMode.PERSISTENT))));
    assertInstanceOf(Result.Refused.class, p.answer(S, 1, 5));
  }

  @Test
  void aCloseOfManyEphemeralsTakesSeveralRecordsAndIsAnsweredAfterTheLast() {
    world.open(writer, p, S);
    int count = 2 * SessionClosing.MAX_EPHEMERALS_PER_RECORD + 1;
    for (int i = 1; i <= count; i++) {
      world.run(writer, p.message(request(S, 1, i, create("/e" + i, CreateMode.EPHEMERAL))));
    }
    long before = watermark().record();
    world.run(world.writer(), p.message(request(S, 1, count + 1, new Operation.CloseSession())));
    assertEquals(before + 3, watermark().record());
    assertEquals(new Result.SessionClosed(), p.answer(S, 1, count + 1));
    assertEquals(1, node("/").meta().orElseThrow().stat().numChildren());
  }

  @Test
  void aSyncIsAnsweredWithTheTailAndTakesNoRecord() {
    world.open(writer, p, S);
    Writer cold = world.writer();
    world.run(cold, p.message(new Request.Sync(5)));
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    world.run(cold, p.message(new Request.Sync(6)));
    List<Push.SyncAnswer> syncs =
        p.pushes().stream().flatMap(push -> push.syncs().stream()).toList();
    assertEquals(List.of(new Push.SyncAnswer(5, 2), new Push.SyncAnswer(6, 3)), syncs);
    assertEquals(3, watermark().record());
  }

  @Test
  void aSuspicionFencesOnlyIfTheCounterStoodStill() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    world.run(writer, p.message(request(S, 1, 1, create("/e", CreateMode.EPHEMERAL))));
    world.join(world.storage.processes().renew(p.name(), 4_000).toCompletableFuture());
    world.run(writer, q.message(new Request.Suspicion(p.name(), 0, 5_000)));
    assertTrue(node("/e").meta().isPresent());
    world.run(writer, q.message(new Request.Suspicion(p.name(), 1, 3_999)));
    assertTrue(node("/e").meta().isPresent(), "fenced, but its session's timeout has not passed");
    world.run(writer, q.message(new Request.Suspicion(p.name(), 1, 4_000)));
    assertTrue(node("/e").meta().isEmpty());
    assertTrue(
        world.join(world.storage.processes().read(p.name()).toCompletableFuture()).isEmpty(),
        "a fenced process without sessions is removed");
  }

  @Test
  void aSessionThatTheIndexNamesTwiceIsClosedOnce() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    String ofAnEpochThatIsOver =
        HexFormat.of().toHexDigits(S) + HexFormat.of().toHexDigits(Integer.MAX_VALUE);
    world.join(
        world
            .storage
            .owners()
            .put(OwnerChange.sessionsOf(p.name()), ofAnEpochThatIsOver, world.deadline())
            .toCompletableFuture());
    long before = watermark().zxid();
    world.run(world.writer(), q.message(new Request.Suspicion(p.name(), 0, 4_000)));
    assertEquals(before + 1, watermark().zxid());
  }

  @Test
  void aChildItemOfANodeThatIsGoneIsRemovedWhenSomebodyTells() {
    world.open(writer, p, S);
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    world.run(writer, p.message(request(S, 1, 2, create("/b", CreateMode.PERSISTENT))));
    world.run(writer, p.message(request(S, 1, 3, new Operation.Delete("/a", -1))));
    world.run(writer, p.message(request(S, 1, 4, create("/c", CreateMode.PERSISTENT))));
    for (String name : List.of("a", "b")) {
      world.join(
          world
              .storage
              .children()
              .apply("/", name, new ChildItem.Version(3, true), null, world.deadline())
              .toCompletableFuture());
    }
    assertEquals(List.of("a", "b", "c", "zookeeper"), childItems());
    world.run(writer, p.message(new Request.Stray("/a", 2), new Request.Stray("/b", 4)));
    world.run(writer, p.message(new Request.Stray("/c", 3)));
    assertEquals(List.of("a", "b", "c", "zookeeper"), childItems());
    world.run(writer, p.message(new Request.Stray("/a", 3)));
    assertEquals(List.of("b", "c", "zookeeper"), childItems());
  }

  private List<String> childItems() {
    return world
        .join(world.storage.children().list("/", null).toCompletableFuture())
        .items()
        .stream()
        .map(ChildItem::name)
        .toList();
  }

  @Test
  void theChannelOfADeadProcessIsRemovedBeforeItsRowSoThatNothingIsLeftOfIt() {
    List<String> removed = new ArrayList<>();
    ClientChannel recording =
        new ClientChannel() {
          @Override
          public CompletionStage<Void> push(String address, byte[] message) {
            return world.channels.push(address, message);
          }

          @Override
          public CompletionStage<Void> remove(String address) {
            assertTrue(
                world
                    .join(world.storage.processes().read(p.name()).toCompletableFuture())
                    .isPresent());
            removed.add(address);
            return removed.size() == 1
                ? CompletableFuture.failedStage(new IllegalStateException("throttled"))
                : CompletableFuture.completedStage(null);
          }
        };
    Writer recorded = world.writer(ports -> withChannel(ports, recording));
    ScriptedProcess q = world.process();
    byte[] suspicion = q.message(new Request.Suspicion(p.name(), 0, 4_000));

    assertFalse(world.run(recorded, suspicion).isEmpty(), "to be delivered again");
    assertTrue(world.run(recorded, suspicion).isEmpty());

    assertEquals(List.of(p.address(), p.address()), removed);
    assertTrue(
        world.join(world.storage.processes().read(p.name()).toCompletableFuture()).isEmpty());
  }

  private static ServicePorts withChannel(ServicePorts ports, ClientChannel channel) {
    return new ServicePorts(
        ports.log(),
        ports.watermarks(),
        ports.nodes(),
        ports.children(),
        ports.owners(),
        ports.sessions(),
        ports.processes(),
        ports.mailbox(),
        channel,
        ports.clock(),
        ports.scheduler());
  }

  @Test
  void aFencedProcessGetsNoSession() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    Writer other = world.writer();
    world.open(other, p, S + 1);
    world.run(writer, q.message(new Request.Suspicion(p.name(), 0, 0)));
    world.open(other, p, S + 2);
    assertInstanceOf(Result.Refused.class, p.answer(S + 2, 0, 0));
  }

  @Test
  void aForgedMessageIsDropped() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    byte[] forged = q.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT)));
    byte[] garbage = {1, 2, 3};
    byte[] resealed = p.message(request(S, 1, 1, create("/b", CreateMode.PERSISTENT)));
    resealed[resealed.length - 1] ^= 1;
    assertTrue(world.run(writer, garbage, resealed, forged).isEmpty());
    assertTrue(node("/a").meta().isEmpty());
    assertTrue(node("/b").meta().isEmpty());
    assertInstanceOf(Result.Refused.class, q.answer(S, 1, 1), "not the owner");
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    assertInstanceOf(Result.Created.class, p.answer(S, 1, 1));
  }

  @Test
  void eventsReachWhoeverIsInterested() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    world.join(
        world
            .storage
            .nodes()
            .subscribe("/", new Subscription(q.name(), 1), false)
            .toCompletableFuture());
    world.join(
        world
            .storage
            .nodes()
            .subscribe("/a", new Subscription(q.name(), 2), false)
            .toCompletableFuture());
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    List<MailboxEvent> events =
        List.of(
            new MailboxEvent(0, MailboxEvent.Kind.CREATED, "/a", null),
            new MailboxEvent(1, MailboxEvent.Kind.CHILDREN_CHANGED, "/", null));
    assertEquals(
        events,
        world.join(world.storage.mailbox().read(q.name(), 0, 100).toCompletableFuture()).get(3L));
    assertEquals(events, q.pushes().get(0).events().get(3L));
  }

  @Test
  void aRecursiveWatchPutDuringAGroupIsNotMissed() {
    ScriptedProcess q = world.process();
    world.open(writer, p, S);
    world.join(
        world
            .storage
            .watermarks()
            .watchRecursively("/", new Subscription(q.name(), 1))
            .toCompletableFuture());
    world.run(writer, p.message(request(S, 1, 1, create("/a", CreateMode.PERSISTENT))));
    assertEquals(
        List.of(new MailboxEvent(0, MailboxEvent.Kind.CREATED, "/a", null)),
        world.join(world.storage.mailbox().read(q.name(), 0, 100).toCompletableFuture()).get(3L));
  }

  @Test
  void aCloseThatTookSeveralRecordsLeavesNothingForAColdWriterToDo() {
    world.open(writer, p, S);
    int count = SessionClosing.MAX_EPHEMERALS_PER_RECORD + 1;
    for (int i = 1; i <= count; i++) {
      world.run(writer, p.message(request(S, 1, i, create("/e" + i, CreateMode.EPHEMERAL))));
    }
    world.run(writer, p.message(request(S, 1, count + 1, new Operation.CloseSession())));
    long before = watermark().record();
    world.open(world.writer(), p, S + 1);
    assertEquals(before + 1, watermark().record());
    assertEquals(
        List.of(),
        world.join(world.storage.owners().list(OwnerChange.CLOSING, "", 10).toCompletableFuture()));
  }
}
