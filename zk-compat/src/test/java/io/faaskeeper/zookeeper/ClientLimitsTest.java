package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.ConnectionLossException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.common.ZKConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** What ZooKeeper's own client does about sizes, on a deployment in memory. */
@Timeout(60)
@SuppressWarnings("try") // a test may be interrupted
final class ClientLimitsTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BATCH = 500;

  private ClientRuntime runtime;

  @BeforeEach
  void open(TestInfo test) {
    runtime =
        Deployments.clientRuntime(
            DeploymentConfig.parse(
                "{\"cloud-provider\": \"memory\", \"deployment-name\": \"limits-"
                    + test.getTestMethod().orElseThrow().getName().length()
                    + "\"}"));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void fiveThousandWatchesSurviveAReconnect() throws Exception {
    int watches = 5_000;
    Semaphore connected = new Semaphore(0);
    Set<String> changed = ConcurrentHashMap.newKeySet();
    CountDownLatch events = new CountDownLatch(watches);
    FaasKeeperClientConfig config = new FaasKeeperClientConfig(runtime);
    try (ZooKeeper zk =
            new FaasKeeper(
                "x",
                TIMEOUT_MILLIS,
                e -> {
                  if (e.getType() == EventType.None && e.getState() == KeeperState.SyncConnected) {
                    connected.release();
                  } else if (e.getType() == EventType.NodeDataChanged && changed.add(e.getPath())) {
                    events.countDown();
                  }
                },
                config);
        ZooKeeper other = new FaasKeeper("x", TIMEOUT_MILLIS, e -> {}, config)) {
      List<String> paths = new ArrayList<>();
      // Long ones: ZooKeeper's client splits what it re-arms at 128 KiB.
      for (int i = 0; i < watches; i++) {
        paths.add("/watched-node-with-a-name-of-sixty-characters-or-even-more-" + i);
      }
      for (int from = 0; from < watches; from += BATCH) {
        zk.multi(
            paths.subList(from, from + BATCH).stream()
                .map(p -> Op.create(p, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT))
                .toList());
      }
      CountDownLatch armed = new CountDownLatch(watches);
      for (String path : paths) {
        zk.getData(path, true, (rc, p, ctx, data, stat) -> armed.countDown(), null);
      }
      armed.await();
      connected.acquire();
      zk.getTestable().closeSocket();
      connected.acquire();
      for (int from = 0; from < watches; from += BATCH) {
        other.multi(
            paths.subList(from, from + BATCH).stream()
                .map(p -> Op.setData(p, new byte[1], -1))
                .toList());
      }
      assertTrue(events.await(30, TimeUnit.SECONDS), () -> events.getCount() + " are missing");
    }
  }

  @Test
  void aListingIsAsLongAsTheClientAllows() throws Exception {
    FaasKeeperClientConfig narrow = new FaasKeeperClientConfig(runtime);
    narrow.setProperty(ZKConfig.JUTE_MAXBUFFER, "1000");
    Semaphore connected = new Semaphore(0);
    try (ZooKeeper zk =
            new FaasKeeper("x", TIMEOUT_MILLIS, e -> {}, new FaasKeeperClientConfig(runtime));
        ZooKeeper small =
            new FaasKeeper(
                "x",
                TIMEOUT_MILLIS,
                e -> {
                  if (e.getState() == KeeperState.SyncConnected) {
                    connected.release();
                  }
                },
                narrow)) {
      zk.create("/parent", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      for (int i = 0; i < 100; i++) {
        zk.create("/parent/a-child-" + i, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      }
      assertEquals(100, zk.getChildren("/parent", false).size());
      connected.acquire();
      assertThrows(ConnectionLossException.class, () -> small.getChildren("/parent", false));
      connected.acquire();
      assertEquals(0, small.getChildren("/parent/a-child-7", false).size());
    }
  }
}
