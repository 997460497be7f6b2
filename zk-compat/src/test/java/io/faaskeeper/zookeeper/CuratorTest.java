package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderLatchListener;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Curator's most used recipes, each once, on a deployment in memory. */
@SuppressWarnings("try") // a test may be interrupted
@Timeout(120)
final class CuratorTest {
  private final DeploymentConfig config =
      DeploymentConfig.parse(
          "{\"cloud-provider\": \"memory\", \"deployment-name\": \""
              + UUID.randomUUID().toString().substring(0, 30)
              + "\"}");
  private final ClientRuntime runtime = Deployments.clientRuntime(config);
  private final List<CuratorFramework> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(CuratorFramework::close);
    runtime.close();
  }

  @Test
  void aLockIsHeldByOne() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger tooMany = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      InterProcessMutex mutex = new InterProcessMutex(client(), "/lock");
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int j = 0; j < 10; j++) {
                    mutex.acquire();
                    tooMany.addAndGet(inside.getAndIncrement());
                    inside.decrementAndGet();
                    taken.incrementAndGet();
                    mutex.release();
                  }
                } catch (Exception e) {
                  throw new AssertionError(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, tooMany.get());
    assertEquals(40, taken.get());
  }

  @Test
  void aLeaderIsFollowedByAnother() throws Exception {
    CuratorFramework first = client();
    LeaderLatch leader = new LeaderLatch(first, "/leader", "first");
    leader.start();
    leader.await();
    CountDownLatch followed = new CountDownLatch(1);
    try (LeaderLatch follower = new LeaderLatch(client(), "/leader", "second")) {
      follower.addListener(
          new LeaderLatchListener() {
            @Override
            public void isLeader() {
              followed.countDown();
            }

            @Override
            public void notLeader() {}
          });
      follower.start();
      assertEquals("first", follower.getLeader().getId());
      assertFalse(follower.hasLeadership());
      first.close();
      assertTrue(followed.await(60, TimeUnit.SECONDS));
    }
  }

  @Test
  void aCacheFollowsChanges() throws Exception {
    CuratorFramework client = client();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    client.create().creatingParentsIfNeeded().forPath("/tree/a", bytes("0"));
    try (CuratorCache cache = CuratorCache.build(client, "/tree")) {
      cache
          .listenable()
          .addListener(
              CuratorCacheListener.builder()
                  .forAll(
                      (type, before, after) -> {
                        if (type == CuratorCacheListener.Type.NODE_DELETED) {
                          seen.add("deleted " + before.getPath());
                        } else {
                          seen.add(after.getPath() + "=" + text(after.getData()));
                        }
                      })
                  .build());
      cache.start();
      await(seen, "/tree/a=0");
      for (int i = 1; i <= 20; i++) {
        client.setData().forPath("/tree/a", bytes("" + i));
        await(seen, "/tree/a=" + i);
      }
      client.create().forPath("/tree/b", bytes("new"));
      await(seen, "/tree/b=new");
      client.delete().forPath("/tree/a");
      await(seen, "deleted /tree/a");
    }
  }

  @Test
  void aCounterCountsEveryone() throws Exception {
    CuratorFramework one = client();
    CuratorFramework two = client();
    for (int i = 0; i < 10; i++) {
      for (CuratorFramework client : List.of(one, two)) {
        DistributedAtomicLong counter =
            new DistributedAtomicLong(client, "/count", new ExponentialBackoffRetry(10, 10));
        assertTrue(counter.increment().succeeded());
      }
    }
    assertEquals(
        20,
        new DistributedAtomicLong(one, "/count", new ExponentialBackoffRetry(10, 10))
            .get()
            .postValue());
  }

  @Test
  void aTransactionAndAnEphemeralNodeThatGoesWithItsSession() throws Exception {
    CuratorFramework client = client();
    client
        .transaction()
        .forOperations(
            client.transactionOp().create().forPath("/t", bytes("x")),
            client.transactionOp().setData().forPath("/t", bytes("y")),
            client.transactionOp().create().forPath("/t/child"));
    assertEquals("y", text(client.getData().forPath("/t")));
    CuratorFramework owner = client();
    owner.create().withProtection().withMode(CreateMode.EPHEMERAL_SEQUENTIAL).forPath("/t/e-");
    assertEquals(2, client.getChildren().forPath("/t").size());
    owner.close();
    assertEquals(List.of("child"), client.getChildren().forPath("/t"));
  }

  @Test
  void aPersistentNodeComesBackAfterAnExpiry() throws Exception {
    CuratorFramework owner = client();
    CuratorFramework other = client();
    try (PersistentNode node =
        new PersistentNode(owner, CreateMode.EPHEMERAL, false, "/here", bytes("I am"))) {
      node.start();
      assertTrue(node.waitForInitialCreate(60, TimeUnit.SECONDS));
      long firstOwner = assertExists(other, "/here");
      BlockingQueue<String> created = new LinkedBlockingQueue<>();
      try (CuratorCache cache =
          CuratorCache.build(other, "/here", CuratorCache.Options.SINGLE_NODE_CACHE)) {
        cache
            .listenable()
            .addListener(
                CuratorCacheListener.builder().forCreates(n -> created.add(n.getPath())).build());
        cache.start();
        await(created, "/here");
        expire(owner.getZookeeperClient().getZooKeeper());
        await(created, "/here");
      }
      assertTrue(firstOwner != assertExists(other, "/here"));
    }
    assertNull(other.checkExists().forPath("/here"));
  }

  /** Closes a session behind its owner's back. */
  private void expire(ZooKeeper victim) throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper duplicate =
        new FaasKeeper(
            "x",
            30_000,
            event -> connected.countDown(),
            victim.getSessionId(),
            victim.getSessionPasswd(),
            false,
            new OneHost(),
            new FaasKeeperClientConfig(runtime));
    connected.await();
    duplicate.close();
  }

  private static long assertExists(CuratorFramework client, String path) throws Exception {
    Stat stat = client.checkExists().forPath(path);
    assertNotNull(stat);
    return stat.getEphemeralOwner();
  }

  private CuratorFramework client() {
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString("no-such-host.invalid:2181")
            .retryPolicy(new ExponentialBackoffRetry(100, 5))
            .zookeeperFactory(new FaasKeeperZookeeperFactory())
            .zkClientConfig(new FaasKeeperClientConfig(runtime))
            .build();
    client.start();
    clients.add(client);
    return client;
  }

  private static void await(BlockingQueue<String> seen, String what) throws InterruptedException {
    String last = "";
    while (!last.equals(what)) {
      String next = seen.poll(60, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("never saw " + what + ", but " + last);
      }
      last = next;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }
}
