package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.zookeeper.protocol.FakeRuntime;
import io.faaskeeper.zookeeper.protocol.FakeSession;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.HostProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The original ZooKeeper class over our socket, with sessions that the tests hold. */
@SuppressWarnings("try") // a test may be interrupted
@Timeout(60)
final class TransportTest {
  private static final int LONG_MILLIS = 60_000;

  private final FakeSession session = new FakeSession(0x51, LONG_MILLIS);
  private final BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
  private final Watcher watcher = events::add;

  @Test
  void aReadReturnsWhatTheSessionAnswers() throws Exception {
    byte[] data = {1, 2, 3};
    session.answerWith(
        request ->
            request instanceof ClientRequest.GetData
                ? new Reply(7, Code.OK, new Reply.Data(data, NodeStat.NONE))
                : Reply.of(7, Code.OK));
    try (ZooKeeper zk = handle(FakeRuntime.with(session))) {
      assertArrayEquals(data, zk.getData("/a", false, null));
      assertEquals(0x51, zk.getSessionId());
      assertEquals(LONG_MILLIS, zk.getSessionTimeout());
      assertArrayEquals(session.password(), zk.getSessionPasswd());
    }
  }

  @Test
  void closingClosesTheSession() throws Exception {
    ZooKeeper zk = handle(FakeRuntime.with(session));
    expect(KeeperState.SyncConnected);
    zk.close();
    assertEquals(List.of(new ClientRequest.Write(new Operation.CloseSession())), session.requests);
    // ZooKeeper's client tells Disconnected first if it sees the end before its own close returns.
    KeeperState last = next().getState();
    assertEquals(KeeperState.Closed, last == KeeperState.Disconnected ? next().getState() : last);
    assertTrue(session.disconnected);
  }

  @Test
  void pathsGetTheChroot() throws Exception {
    session.answering = request -> CompletableFuture.completedFuture(Reply.of(7, answer(request)));
    try (ZooKeeper zk = handle("any:1,host:2/app/one", FakeRuntime.with(session))) {
      assertEquals(null, zk.exists("/a", true));
      session.listener().watchEvent(8, EventType.NodeCreated, "/app/one/a");
      expect(KeeperState.SyncConnected);
      WatchedEvent event = next();
      assertEquals("/a", event.getPath());
      assertEquals(8, event.getZxid());
    }
    assertEquals(new ClientRequest.Exists("/app/one/a", true), session.requests.get(0));
  }

  private static Code answer(ClientRequest request) {
    return request instanceof ClientRequest.Exists ? Code.NONODE : Code.OK;
  }

  @Test
  void aDroppedConnectionIsReplacedAndTheSessionAttached() throws Exception {
    CompletableFuture<Reply> hanging = new CompletableFuture<>();
    session.answering = request -> request instanceof ClientRequest.GetData ? hanging : ok();
    FakeRuntime runtime = FakeRuntime.with(session);
    try (ZooKeeper zk = handle(runtime)) {
      expect(KeeperState.SyncConnected);
      assertEquals(0, runtime.next().sessionId());
      assertEquals(Code.OK, code(() -> zk.delete("/b", 1)));
      SessionListener first = session.listener();
      CompletableFuture<Integer> lost = new CompletableFuture<>();
      zk.getData("/a", false, (rc, path, ctx, data, stat) -> lost.complete(rc), null);
      first.connectionEnded("dropped on purpose");
      assertEquals(Code.CONNECTIONLOSS.intValue(), lost.get());
      expect(KeeperState.Disconnected);
      expect(KeeperState.SyncConnected);
      FakeRuntime.Call attach = runtime.next();
      assertEquals(0x51, attach.sessionId());
      assertEquals(7, attach.lastZxidSeen());
      // What the dead connection still says is not heard.
      first.watchEvent(9, EventType.NodeDeleted, "/late");
      hanging.complete(Reply.of(9, Code.NONODE));
      first.connectionEnded("again");
      assertEquals(Code.OK, code(() -> zk.delete("/b", 1)));
      assertTrue(events.isEmpty());
    }
  }

  @Test
  void aMutedProcessIsNoticed() throws Exception {
    FakeSession muted = new FakeSession(0x52, 600);
    muted.lease = false;
    FakeRuntime runtime = FakeRuntime.with(muted);
    try (ZooKeeper zk = handle(runtime)) {
      expect(KeeperState.SyncConnected);
      expect(KeeperState.Disconnected);
      assertTrue(muted.touches.get() > 0);
      muted.lease = true;
      expect(KeeperState.SyncConnected);
      assertEquals(0x52, zk.getSessionId());
    }
  }

  @Test
  void anExpiredSessionIsReported() throws Exception {
    FakeRuntime runtime =
        FakeRuntime.answering(
            call ->
                call.sessionId() == 0
                    ? new ConnectResult.Connected(session)
                    : new ConnectResult.Expired());
    try (ZooKeeper zk = handle(runtime)) {
      expect(KeeperState.SyncConnected);
      session.listener().connectionEnded("expired");
      expect(KeeperState.Disconnected);
      expect(KeeperState.Expired);
      assertEquals(Code.SESSIONEXPIRED, code(() -> zk.delete("/b", 1)));
      assertFalse(zk.getState().isAlive());
    }
  }

  @Test
  void aSlowStartLeavesOneSession() throws Exception {
    FakeRuntime runtime = FakeRuntime.silent();
    CountDownLatch secondTry = new CountDownLatch(2);
    HostProvider hosts = new CountingHosts(secondTry);
    try (ZooKeeper zk =
        new FaasKeeper(
            "ignored", 500, watcher, false, hosts, new FaasKeeperClientConfig(runtime))) {
      FakeRuntime.Call call = runtime.next();
      // The handle's connect time-out passes, and it tries again.
      secondTry.await();
      call.result().complete(new ConnectResult.Connected(session));
      expect(KeeperState.SyncConnected);
      assertEquals(0x51, zk.getSessionId());
      assertTrue(runtime.calls.isEmpty());
    }
  }

  @Test
  void anEventComesAfterTheAnswerThatArmedItsWatch() throws Exception {
    session.answering =
        request -> {
          if (request instanceof ClientRequest.GetData) {
            // It is brought by another thread before the submission returns.
            session.listener().watchEvent(8, EventType.NodeDataChanged, "/a");
            return CompletableFuture.completedFuture(
                new Reply(7, Code.OK, new Reply.Data(new byte[0], NodeStat.NONE)));
          }
          return ok();
        };
    try (ZooKeeper zk = handle(FakeRuntime.with(session))) {
      CompletableFuture<String> seen = new CompletableFuture<>();
      zk.getData("/a", event -> seen.complete(event.getPath()), null);
      assertEquals("/a", seen.get(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void whatIsUnansweredIsBounded() throws Exception {
    BlockingQueue<CompletableFuture<Reply>> open = new LinkedBlockingQueue<>();
    session.answering =
        request -> {
          if (request instanceof ClientRequest.Exists) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            open.add(reply);
            return reply;
          }
          return ok();
        };
    int requests = 2_500;
    List<Integer> answered = new ArrayList<>();
    CountDownLatch all = new CountDownLatch(requests);
    try (ZooKeeper zk = handle(FakeRuntime.with(session))) {
      for (int i = 0; i < requests; i++) {
        int number = i;
        zk.exists(
            "/a",
            false,
            (rc, path, ctx, stat) -> {
              answered.add(number);
              all.countDown();
            },
            null);
      }
      for (int i = 0; i < requests; i++) {
        CompletableFuture<Reply> reply = open.poll(30, TimeUnit.SECONDS);
        assertTrue(open.size() < 1_000, () -> open.size() + " waiting");
        reply.complete(Reply.of(7, Code.NONODE));
      }
      all.await();
    }
    for (int i = 0; i < requests; i++) {
      assertEquals(i, answered.get(i));
    }
  }

  @Test
  void aHostThatCannotBeResolvedDoesNotMatter() throws Exception {
    try (ZooKeeper zk =
        new ZooKeeper(
            "no-such-host.invalid:2181",
            LONG_MILLIS,
            watcher,
            new FaasKeeperClientConfig(FakeRuntime.with(session)))) {
      expect(KeeperState.SyncConnected);
      assertEquals("false", zk.getClientConfig().getProperty("zookeeper.sasl.client"));
    }
  }

  @Test
  void aSocketClosedOnPurposeReconnects() throws Exception {
    FakeRuntime runtime = FakeRuntime.with(session);
    try (ZooKeeper zk = handle(runtime)) {
      expect(KeeperState.SyncConnected);
      zk.getTestable().closeSocket();
      expect(KeeperState.Disconnected);
      expect(KeeperState.SyncConnected);
      assertEquals(0, runtime.next().sessionId());
      assertEquals(0x51, runtime.next().sessionId());
    }
  }

  @Test
  void anotherServerListChangesNothing() throws Exception {
    FakeRuntime runtime = FakeRuntime.with(session);
    try (ZooKeeper zk = handle(runtime)) {
      expect(KeeperState.SyncConnected);
      zk.updateServerList("elsewhere:1,nowhere:2");
      assertEquals(Code.OK, code(() -> zk.delete("/b", 1)));
      assertEquals(1, runtime.calls.size());
    }
  }

  private static CompletableFuture<Reply> ok() {
    return CompletableFuture.completedFuture(Reply.of(7, Code.OK));
  }

  private ZooKeeper handle(FakeRuntime runtime) throws Exception {
    return handle("ignored", runtime);
  }

  private ZooKeeper handle(String connectString, FakeRuntime runtime) throws Exception {
    return new FaasKeeper(connectString, LONG_MILLIS, watcher, new FaasKeeperClientConfig(runtime));
  }

  private void expect(KeeperState state) throws InterruptedException {
    WatchedEvent event = next();
    assertEquals(EventType.None, event.getType());
    assertEquals(state, event.getState());
  }

  private WatchedEvent next() throws InterruptedException {
    WatchedEvent event = events.poll(30, TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  private interface Call {
    void run() throws KeeperException, InterruptedException;
  }

  private static Code code(Call call) throws InterruptedException {
    try {
      call.run();
      return Code.OK;
    } catch (KeeperException e) {
      return e.code();
    }
  }

  /** Counts the tries. */
  private record CountingHosts(CountDownLatch tries) implements HostProvider {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public InetSocketAddress next(long spinDelay) {
      tries.countDown();
      return InetSocketAddress.createUnresolved("one", 1);
    }

    @Override
    public void onConnected() {}

    @Override
    public boolean updateServerList(
        Collection<InetSocketAddress> serverAddresses, InetSocketAddress currentHost) {
      return false;
    }
  }
}
