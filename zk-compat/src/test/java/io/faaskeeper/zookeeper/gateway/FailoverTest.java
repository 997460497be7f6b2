package io.faaskeeper.zookeeper.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways on one deployment are as good as two servers of an ensemble. */
@SuppressWarnings("try") // a client that is closed may be interrupted
@Timeout(120)
final class FailoverTest {
  private static final int TIMEOUT_MILLIS = 8_000;

  private final MemoryService service = new MemoryService(500);

  @AfterEach
  void close() {
    service.close();
  }

  private static ZooKeeper client(BlockingQueue<WatchedEvent> events, Gateway... gateways)
      throws Exception {
    StringBuilder hosts = new StringBuilder();
    for (Gateway gateway : gateways) {
      hosts.append(hosts.isEmpty() ? "" : ",").append(gateway.connectString());
    }
    ZooKeeper zk = new ZooKeeper(hosts.toString(), TIMEOUT_MILLIS, events::add);
    await(events, e -> e.getState() == KeeperState.SyncConnected);
    return zk;
  }

  private static WatchedEvent await(
      BlockingQueue<WatchedEvent> events, Predicate<WatchedEvent> wanted) throws Exception {
    while (true) {
      WatchedEvent event = events.poll(30, TimeUnit.SECONDS);
      assertNotNull(event, "the event did not come");
      assertTrue(event.getState() != KeeperState.Expired, "the session expired");
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  private static Gateway holding(long sessionId, Gateway a, Gateway b) throws Exception {
    String sid = "sid=0x" + Long.toHexString(sessionId) + ",";
    boolean here = WireClient.word(a.port(), "cons").contains(sid);
    assertTrue(here || WireClient.word(b.port(), "cons").contains(sid));
    return here ? a : b;
  }

  private static Consumer<Gateway> end(String how) {
    return how.equals("stop") ? Gateway::stop : Gateway::kill;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "kill"})
  void aClientGoesToAnotherGatewayWithAllItHas(String how) throws Exception {
    Gateway a = service.start();
    Gateway b = service.start();
    BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = client(events, a, b)) {
      zk.create("/w", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      zk.create("/e", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      zk.getData("/w", true, null);
      long session = zk.getSessionId();
      Gateway first = holding(session, a, b);
      Gateway second = first == a ? b : a;
      try (ZooKeeper other = client(new LinkedBlockingQueue<>(), second)) {
        end(how).accept(first);
        await(events, e -> e.getState() == KeeperState.Disconnected);
        await(events, e -> e.getState() == KeeperState.SyncConnected);
        assertEquals(session, zk.getSessionId());
        assertEquals(second, holding(session, second, second));
        assertEquals(session, ownerOf(other, "/e"));
        other.setData("/w", new byte[1], -1);
        assertEquals("/w", await(events, e -> e.getType() == EventType.NodeDataChanged).getPath());
        assertEquals(1, zk.getData("/w", false, null).length);
        assertEquals(session, ownerOf(other, "/e"));
      }
    }
  }

  private static long ownerOf(ZooKeeper zk, String path) throws Exception {
    Stat stat = zk.exists(path, false);
    assertNotNull(stat, "the ephemeral is gone");
    return stat.getEphemeralOwner();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "kill"})
  void aGatewayThatComesBackHasItsClientsAgain(String how) throws Exception {
    Gateway gateway = service.start();
    int port = gateway.port();
    BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = client(events, gateway)) {
      zk.create("/w", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      zk.create("/e", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      zk.exists("/w", true);
      long session = zk.getSessionId();
      end(how).accept(gateway);
      await(events, e -> e.getState() == KeeperState.Disconnected);
      assertEquals(port, gateway.start().port());
      await(events, e -> e.getState() == KeeperState.SyncConnected);
      assertEquals(session, zk.getSessionId());
      assertEquals(session, ownerOf(zk, "/e"));
      zk.delete("/w", -1);
      assertEquals("/w", await(events, e -> e.getType() == EventType.NodeDeleted).getPath());
    }
  }

  @Test
  void aStopAnswersWhatIsUnderWay() throws Exception {
    Gateway gateway = service.start();
    BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = client(events, gateway)) {
      zk.create("/n", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      int requests = 2_000;
      AtomicInteger done = new AtomicInteger();
      AtomicInteger lost = new AtomicInteger();
      CountDownLatch some = new CountDownLatch(100);
      CountDownLatch all = new CountDownLatch(requests);
      for (int i = 0; i < requests; i++) {
        zk.setData(
            "/n",
            new byte[10],
            -1,
            (rc, path, ctx, stat) -> {
              (rc == Code.OK.intValue() ? done : lost).incrementAndGet();
              some.countDown();
              all.countDown();
            },
            null);
      }
      assertTrue(some.await(30, TimeUnit.SECONDS));
      gateway.stop();
      gateway.start();
      assertTrue(all.await(30, TimeUnit.SECONDS));
      assertEquals(requests, done.get() + lost.get());
      await(events, e -> e.getState() == KeeperState.SyncConnected);
      int version = zk.exists("/n", false).getVersion();
      assertEquals(done.get(), version, "an answer was lost, of " + lost + " that were not read");
    }
  }

  @Test
  void aStopLosesNoAnswerThoughItsClientGoesOnSending() throws Exception {
    Gateway gateway = service.start();
    int answers = 0;
    try (WireClient client = new WireClient(gateway.port(), 4_096)) {
      client.connect(TIMEOUT_MILLIS);
      client.send(
          1,
          OpCode.create,
          new CreateRequest(
              "/n", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT.toFlag()));
      assertEquals(0, client.header().getErr());
      CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMany(client));
      assertEquals(0, client.header().getErr());
      answers++;
      CompletableFuture<Void> stopping = CompletableFuture.runAsync(gateway::stop);
      try {
        while (client.header().getErr() == 0) {
          answers++;
        }
      } catch (EOFException e) {
        // All that was under way is answered.
      }
      client.close();
      stopping.join();
      sending.join();
    }
    gateway.start();
    try (ZooKeeper zk = client(new LinkedBlockingQueue<>(), gateway)) {
      assertEquals(answers, zk.exists("/n", false).getVersion());
    }
  }

  /** More than a connection may have under way. */
  private static void sendMany(WireClient client) {
    try {
      for (int xid = 2; xid < 20_000; xid++) {
        client.send(xid, OpCode.setData, new SetDataRequest("/n", new byte[10], -1));
      }
    } catch (IOException e) {
      // The gateway has stopped.
    }
  }

  @Test
  void sessionsOfAKilledGatewayWhoseClientsStayAwayExpire() throws Exception {
    Gateway a = service.start();
    Gateway b = service.start();
    BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    try (ZooKeeper other = client(events, b);
        WireClient lost = new WireClient(a.port())) {
      lost.connect(1_000);
      lost.send(
          1,
          OpCode.create,
          new CreateRequest("/e", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL.toFlag()));
      assertEquals(0, lost.header().getErr());
      assertNotNull(other.exists("/e", true));
      a.kill();
      assertEquals("/e", await(events, e -> e.getType() == EventType.NodeDeleted).getPath());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "kill"})
  void curatorIsSuspendedAndReconnectedButNotLost(String how) throws Exception {
    Gateway a = service.start();
    Gateway b = service.start();
    BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (CuratorFramework curator =
        CuratorFrameworkFactory.newClient(
            a.connectString() + "," + b.connectString(),
            TIMEOUT_MILLIS,
            TIMEOUT_MILLIS,
            new RetryOneTime(100))) {
      curator.getConnectionStateListenable().addListener((c, state) -> states.add(state));
      curator.start();
      assertEquals(ConnectionState.CONNECTED, states.poll(30, TimeUnit.SECONDS));
      curator.create().withMode(CreateMode.EPHEMERAL).forPath("/e");
      CuratorCache cache = CuratorCache.build(curator, "/c");
      cache.listenable().addListener((type, before, after) -> seen.add(type.name()));
      cache.start();
      curator.create().forPath("/c");
      assertEquals("NODE_CREATED", seen.poll(30, TimeUnit.SECONDS));
      long session = curator.getZookeeperClient().getZooKeeper().getSessionId();
      Gateway first = holding(session, a, b);

      end(how).accept(first);

      assertEquals(ConnectionState.SUSPENDED, states.poll(30, TimeUnit.SECONDS));
      assertEquals(ConnectionState.RECONNECTED, states.poll(30, TimeUnit.SECONDS));
      assertEquals(session, curator.getZookeeperClient().getZooKeeper().getSessionId());
      assertEquals(session, curator.checkExists().forPath("/e").getEphemeralOwner());
      curator.setData().forPath("/c", new byte[3]);
      assertEquals("NODE_CHANGED", seen.poll(30, TimeUnit.SECONDS));
      cache.close();
      assertEquals(List.of(), List.copyOf(states));
    }
  }
}
