package io.faaskeeper.zookeeper.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.ZooKeeper.States;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FaasKeeperExtension.class)
class FaasKeeperTestServerTest {
  private static final int TIMEOUT = 6_000;

  private final List<KeeperState> states = new CopyOnWriteArrayList<>();
  private final List<ZooKeeper> handles = new CopyOnWriteArrayList<>();

  private ZooKeeper connect(String connectString) throws Exception {
    ZooKeeper zk = new ZooKeeper(connectString, TIMEOUT, event -> states.add(event.getState()));
    handles.add(zk);
    await().until(() -> zk.getState() == States.CONNECTED);
    return zk;
  }

  @AfterEach
  void closeHandles() throws Exception {
    for (ZooKeeper zk : handles) {
      zk.close();
    }
  }

  private static void ephemeral(ZooKeeper zk) throws Exception {
    zk.create("/e", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
  }

  @Test
  void aRestartKeepsSessionsAndNodesAndPort(FaasKeeperTestServer server) throws Exception {
    ZooKeeper zk = connect(server.connectString());
    long session = zk.getSessionId();
    int port = server.port();
    ephemeral(zk);
    server.stop();
    await().until(() -> zk.getState() == States.CONNECTING);
    server.restart();
    await().until(() -> zk.getState() == States.CONNECTED);
    assertEquals(session, zk.getSessionId());
    assertEquals(port, server.port());
    assertNotNull(zk.exists("/e", false));
  }

  @Test
  void aRestartAfterAKillKeepsThemToo(FaasKeeperTestServer server) throws Exception {
    ZooKeeper zk = connect(server.connectString());
    long session = zk.getSessionId();
    ephemeral(zk);
    server.kill();
    await().until(() -> zk.getState() == States.CONNECTING);
    server.restart();
    await().until(() -> zk.getState() == States.CONNECTED);
    assertEquals(session, zk.getSessionId());
    assertNotNull(zk.exists("/e", false));
  }

  @Test
  void anExpiredSessionIsToldSoAndItsEphemeralsGo(FaasKeeperTestServer server) throws Exception {
    ZooKeeper zk = connect(server.connectString());
    ephemeral(zk);
    server.expireSession(zk);
    await().until(() -> states.contains(KeeperState.Expired));
    assertThrows(KeeperException.SessionExpiredException.class, () -> zk.exists("/e", false));
    assertNull(connect(server.connectString()).exists("/e", false));
  }

  @Test
  void ofASessionItsIdIsEnough(FaasKeeperTestServer server) throws Exception {
    ZooKeeper zk = connect(server.connectString());
    ephemeral(zk);
    assertTrue(server.dropConnection(zk.getSessionId()));
    await().until(() -> states.contains(KeeperState.Disconnected));
    await().until(() -> zk.getState() == States.CONNECTED);
    server.expireSession(zk.getSessionId());
    await().until(() -> states.contains(KeeperState.Expired));
    assertNull(connect(server.connectString()).exists("/e", false));
    server.expireSession(zk.getSessionId());
    assertFalse(server.dropConnection(zk.getSessionId()));
  }

  @Test
  void aDroppedConnectionComesBackWithItsSession(FaasKeeperTestServer server) throws Exception {
    ZooKeeper zk = connect(server.connectString());
    long session = zk.getSessionId();
    ephemeral(zk);
    assertTrue(server.dropConnection(zk));
    await().until(() -> states.contains(KeeperState.Disconnected));
    await().until(() -> zk.getState() == States.CONNECTED);
    assertEquals(session, zk.getSessionId());
    assertNotNull(zk.exists("/e", false));
    try (FaasKeeperTestServer other = server.another(0)) {
      assertFalse(other.dropConnection(zk));
    }
  }

  @Test
  void aSessionWhoseClientIsGoneExpires(FaasKeeperTestServer server) throws Exception {
    ZooKeeper gone = connect(server.connectString());
    ephemeral(gone);
    ZooKeeper zk = connect(server.connectString());
    gone.getTestable().injectSessionExpiration();
    await().until(() -> zk.exists("/e", false) == null);
  }

  @Test
  void aClientOfAKilledServerGoesToAnotherOne(FaasKeeperTestServer server) throws Exception {
    try (FaasKeeperTestServer second = server.another(0)) {
      second.restart();
      ZooKeeper zk = connect(server.connectString() + "," + second.connectString());
      long session = zk.getSessionId();
      ephemeral(zk);
      FaasKeeperTestServer killed = isOn(server, zk) ? server : second;
      killed.kill();
      await().until(() -> isOn(killed == server ? second : server, zk));
      await().until(() -> zk.getState() == States.CONNECTED);
      assertNotNull(zk.exists("/e", false));
      assertEquals(session, zk.getSessionId());
    }
  }

  @Test
  void aContainerGoesWithItsLastChildWhoseTimeIsOver() throws Exception {
    try (FaasKeeperTestServer server = startedToCheckOften()) {
      ZooKeeper zk = connect(server.connectString());
      zk.create("/c", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
      withTtl(zk, "/c/t");
      zk.setData("/c/t", new byte[1], 0);
      await().until(() -> zk.exists("/c/t", false) == null);
      await().until(() -> zk.exists("/c", false) == null);
    }
  }

  @Test
  void aNodeWhoseTimeIsOverGoesWithItsLastChild() throws Exception {
    try (FaasKeeperTestServer server = startedToCheckOften()) {
      ZooKeeper zk = connect(server.connectString());
      withTtl(zk, "/t");
      zk.create("/t/c", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      withTtl(zk, "/other");
      await().until(() -> zk.exists("/other", false) == null);
      assertNotNull(zk.exists("/t", false));
      zk.delete("/t/c", 0);
      await().until(() -> zk.exists("/t", false) == null);
    }
  }

  private static void withTtl(ZooKeeper zk, String path) throws Exception {
    zk.create(
        path, new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 100);
  }

  /** As with a ZooKeeper server, the property counts when the server is made. */
  private static FaasKeeperTestServer startedToCheckOften() throws Exception {
    System.setProperty("znode.container.checkIntervalMs", "1");
    try {
      return FaasKeeperTestServer.start();
    } finally {
      System.clearProperty("znode.container.checkIntervalMs");
    }
  }

  @Nested
  class Constructed {
    private final FaasKeeperTestServer ofConstructor;

    Constructed(FaasKeeperTestServer server) {
      ofConstructor = server;
    }

    @Test
    void aTestAndItsConstructorShareTheServer(FaasKeeperTestServer server) throws Exception {
      assertSame(ofConstructor, server);
      ephemeral(connect(server.connectString()));
    }

    @Test
    void twoTestsDoNot(FaasKeeperTestServer server) throws Exception {
      ephemeral(connect(server.connectString()));
    }
  }

  private static boolean isOn(FaasKeeperTestServer server, ZooKeeper zk) {
    return zk.toString().contains("/127.0.0.1:" + server.port() + " ");
  }

  @Test
  void everyServerIsEmpty(FaasKeeperTestServer server) throws Exception {
    try (FaasKeeperTestServer other = FaasKeeperTestServer.start()) {
      assertNotEquals(server.port(), other.port());
      ephemeral(connect(server.connectString()));
      assertNull(connect(other.connectString()).exists("/e", false));
    }
  }

  @Test
  void aClosedOneDoesNotStart() throws Exception {
    FaasKeeperTestServer server = FaasKeeperTestServer.start();
    server.close();
    server.close();
    assertThrows(IllegalStateException.class, server::restart);
  }
}
