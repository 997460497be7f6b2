package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The original ZooKeeper class on a deployment in memory, through all layers. */
@SuppressWarnings("try") // a test may be interrupted
@Timeout(120)
final class DeploymentTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  /** A tick of 100 ms: sessions may be as short as 200 ms. */
  private final DeploymentConfig config =
      DeploymentConfig.parse(
          "{\"cloud-provider\": \"memory\", \"tick-time\": 100, \"deployment-name\": \""
              + UUID.randomUUID().toString().substring(0, 30)
              + "\"}");

  private final ClientRuntime runtime = Deployments.clientRuntime(config);
  private final BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();

  /** Of nodes alone. */
  private final Watcher watcher =
      event -> {
        if (event.getType() != EventType.None) {
          events.add(event);
        }
      };

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void everyCreateMode() throws Exception {
    try (ZooKeeper zk = handle(runtime)) {
      for (CreateMode mode : CreateMode.values()) {
        Stat stat = new Stat();
        String path =
            zk.create(
                "/" + mode, DATA, Ids.OPEN_ACL_UNSAFE, mode, stat, mode.isTTL() ? 60_000 : -1);
        assertEquals(mode.isSequential(), path.matches(".*\\d{10}"), path);
        assertEquals(mode.isEphemeral() ? zk.getSessionId() : 0, stat.getEphemeralOwner());
        assertArrayEquals(DATA, zk.getData(path, false, null));
      }
      assertEquals(CreateMode.values().length + 1, zk.getAllChildrenNumber("/") - 2);
      assertEquals(2, zk.getEphemerals().size());
    }
  }

  @Test
  void watchesFireOnceOrForEver() throws Exception {
    try (ZooKeeper zk = handle(runtime);
        ZooKeeper other = handle(runtime)) {
      create(other, "/a");
      zk.getData("/a", watcher, null);
      zk.exists("/b", watcher);
      zk.getChildren("/a", watcher);
      other.setData("/a", DATA, -1);
      expect(EventType.NodeDataChanged, "/a");
      create(other, "/b");
      expect(EventType.NodeCreated, "/b");
      create(other, "/a/c");
      expect(EventType.NodeChildrenChanged, "/a");
      other.setData("/a", DATA, -1);
      other.delete("/a/c", -1);
      zk.addWatch("/a", watcher, AddWatchMode.PERSISTENT);
      zk.addWatch("/b", watcher, AddWatchMode.PERSISTENT_RECURSIVE);
      for (int i = 0; i < 3; i++) {
        other.setData("/a", DATA, -1);
        expect(EventType.NodeDataChanged, "/a");
        create(other, "/b/" + i);
        expect(EventType.NodeCreated, "/b/" + i);
      }
      zk.removeWatches("/a", watcher, WatcherType.Any, false);
      expect(EventType.PersistentWatchRemoved, "/a");
      other.setData("/a", DATA, -1);
      other.setData("/b/2", DATA, -1);
      expect(EventType.NodeDataChanged, "/b/2");
    }
  }

  @Test
  void watchesSurviveADroppedConnection() throws Exception {
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = handle(runtime, stateWatcher(states));
        ZooKeeper other = handle(runtime)) {
      expect(states, KeeperState.SyncConnected);
      create(other, "/a");
      create(other, "/b");
      zk.getData("/a", watcher, null);
      zk.exists("/c", watcher);
      zk.getChildren("/b", watcher);
      zk.addWatch("/b", watcher, AddWatchMode.PERSISTENT_RECURSIVE);
      long id = zk.getSessionId();
      zk.getTestable().closeSocket();
      expect(states, KeeperState.Disconnected);
      other.setData("/a", DATA, -1);
      expect(states, KeeperState.SyncConnected);
      assertEquals(id, zk.getSessionId());
      // What happened meanwhile is told late, what happens from now on in time.
      expect(EventType.NodeDataChanged, "/a");
      create(other, "/c");
      expect(EventType.NodeCreated, "/c");
      create(other, "/b/x");
      List<WatchedEvent> two = new ArrayList<>(List.of(next(), next()));
      assertEquals(
          List.of("NodeChildrenChanged/b", "NodeCreated/b/x"),
          two.stream().map(e -> e.getType() + e.getPath()).sorted().toList());
    }
  }

  @Test
  void multisAreAllOrNothing() throws Exception {
    try (ZooKeeper zk = handle(runtime)) {
      List<OpResult> results =
          zk.multi(
              List.of(
                  Op.create("/a", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                  Op.setData("/a", DATA, 0),
                  Op.check("/a", 1)));
      assertEquals("/a", ((OpResult.CreateResult) results.get(0)).getPath());
      assertEquals(1, ((OpResult.SetDataResult) results.get(1)).getStat().getVersion());
      KeeperException e =
          assertThrows(
              KeeperException.BadVersionException.class,
              () -> zk.multi(List.of(Op.delete("/a", -1), Op.check("/", 77))));
      assertEquals(2, e.getResults().size());
      assertNotNull(zk.exists("/a", false));
    }
  }

  @Test
  void aclsWithDigest() throws Exception {
    try (ZooKeeper ann = handle(runtime);
        ZooKeeper other = handle(runtime)) {
      ann.addAuthInfo("digest", "ann:secret".getBytes(StandardCharsets.UTF_8));
      ann.create("/mine", DATA, Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
      assertEquals(Code.NOAUTH, code(() -> other.getData("/mine", false, null)));
      assertEquals(Code.NOAUTH, code(() -> other.setData("/mine", DATA, -1)));
      other.addAuthInfo("digest", "ann:secret".getBytes(StandardCharsets.UTF_8));
      assertArrayEquals(DATA, other.getData("/mine", false, null));
      other.setACL("/mine", Ids.READ_ACL_UNSAFE, 0);
      assertEquals(Ids.READ_ACL_UNSAFE, ann.getACL("/mine", null));
      assertEquals(Code.NOAUTH, code(() -> ann.setData("/mine", DATA, -1)));
    }
  }

  @Test
  void aSessionMovesToWhoeverHasItsPassword() throws Exception {
    BlockingQueue<KeeperState> oldStates = new LinkedBlockingQueue<>();
    ZooKeeper first = handle(runtime, stateWatcher(oldStates));
    try (ClientRuntime elsewhere = Deployments.clientRuntime(config)) {
      expect(oldStates, KeeperState.SyncConnected);
      first.create("/e", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      try (ZooKeeper second =
          new FaasKeeper(
              "x",
              TIMEOUT_MILLIS,
              event -> {},
              first.getSessionId(),
              first.getSessionPasswd(),
              false,
              new OneHost(),
              new FaasKeeperClientConfig(elsewhere))) {
        assertEquals(first.getSessionId(), second.exists("/e", false).getEphemeralOwner());
        expect(oldStates, KeeperState.Disconnected);
      }
      // The second handle closed the session.
      KeeperState state = next(oldStates);
      while (state != KeeperState.Expired) {
        state = next(oldStates); // the first may have taken it back for a moment
      }
      try (ZooKeeper zk = handle(runtime)) {
        assertNull(zk.exists("/e", false));
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aWrongPasswordIsAnExpiredSession() throws Exception {
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    try (ZooKeeper zk = handle(runtime)) {
      create(zk, "/a");
      ZooKeeper thief =
          new FaasKeeper(
              "x",
              TIMEOUT_MILLIS,
              stateWatcher(states),
              zk.getSessionId(),
              new byte[16],
              false,
              new OneHost(),
              new FaasKeeperClientConfig(runtime));
      expect(states, KeeperState.Expired);
      thief.close();
      assertNotNull(zk.exists("/a", false));
    }
  }

  @Test
  void closingDeletesEphemerals() throws Exception {
    try (ZooKeeper watching = handle(runtime)) {
      ZooKeeper zk = handle(runtime);
      zk.create("/e", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      watching.exists("/e", watcher);
      zk.close();
      expect(EventType.NodeDeleted, "/e");
      assertNull(watching.exists("/e", false));
    }
  }

  @Test
  void theSessionOfADeadProcessExpires() throws Exception {
    ClientRuntime dying = Deployments.clientRuntime(config);
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    ZooKeeper zk =
        new FaasKeeper("x", 300, stateWatcher(states), new FaasKeeperClientConfig(dying));
    try (ZooKeeper watching = handle(runtime)) {
      expect(states, KeeperState.SyncConnected);
      zk.create("/e", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      watching.exists("/e", watcher);
      dying.close();
      expect(states, KeeperState.Disconnected);
      expect(EventType.NodeDeleted, "/e");
    } finally {
      zk.close();
    }
  }

  @Test
  void aSilentSessionExpires() throws Exception {
    BlockingQueue<KeeperState> states = new LinkedBlockingQueue<>();
    try (ZooKeeper watching = handle(runtime)) {
      create(watching, "/a");
      ZooKeeper zk =
          new FaasKeeper("x", 300, stateWatcher(states), new FaasKeeperClientConfig(runtime));
      expect(states, KeeperState.SyncConnected);
      zk.create("/e", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
      watching.exists("/e", watcher);
      // The handle dies without a close.
      zk.getTestable().injectSessionExpiration();
      expect(EventType.NodeDeleted, "/e");
      zk.close();
    }
  }

  @Test
  void manyAsynchronousRequestsComeBackInOrder() throws Exception {
    int count = 500;
    CountDownLatch done = new CountDownLatch(2 * count);
    List<String> order = new ArrayList<>();
    try (ZooKeeper zk = handle(runtime)) {
      for (int i = 0; i < count; i++) {
        String path = "/n" + i;
        zk.create(
            path,
            DATA,
            Ids.OPEN_ACL_UNSAFE,
            CreateMode.PERSISTENT,
            (rc, p, ctx, name) -> {
              order.add(rc + name);
              done.countDown();
            },
            null);
        zk.getData(
            path,
            false,
            (rc, p, ctx, data, stat) -> {
              order.add(rc + p);
              done.countDown();
            },
            null);
      }
      assertTrue(done.await(60, TimeUnit.SECONDS));
    }
    for (int i = 0; i < count; i++) {
      assertEquals("0/n" + i, order.get(2 * i));
      assertEquals("0/n" + i, order.get(2 * i + 1));
    }
  }

  private static void create(ZooKeeper zk, String path) throws Exception {
    zk.create(path, DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  private static ZooKeeper handle(ClientRuntime runtime) throws Exception {
    return handle(runtime, event -> {});
  }

  private static ZooKeeper handle(ClientRuntime runtime, Watcher watcher) throws Exception {
    return new FaasKeeper("x", TIMEOUT_MILLIS, watcher, new FaasKeeperClientConfig(runtime));
  }

  private static Watcher stateWatcher(BlockingQueue<KeeperState> states) {
    return event -> {
      if (event.getType() == EventType.None) {
        states.add(event.getState());
      }
    };
  }

  private static void expect(BlockingQueue<KeeperState> states, KeeperState state)
      throws InterruptedException {
    assertEquals(state, next(states));
  }

  private static KeeperState next(BlockingQueue<KeeperState> states) throws InterruptedException {
    KeeperState state = states.poll(60, TimeUnit.SECONDS);
    if (state == null) {
      throw new AssertionError("no change of state came");
    }
    return state;
  }

  private void expect(EventType type, String path) throws InterruptedException {
    WatchedEvent event = next();
    assertEquals(type + path, event.getType() + event.getPath());
  }

  private WatchedEvent next() throws InterruptedException {
    WatchedEvent event = events.poll(60, TimeUnit.SECONDS);
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
}
