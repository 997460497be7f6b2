package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import io.faaskeeper.zookeeper.FaasKeeperZookeeperFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.retry.ExponentialBackoffRetry;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Curator's recipes on a local deployment of each configuration: of all of them with the system
 * property {@code faaskeeper.matrix}, else of some that have each pair of choices at least once.
 */
@SuppressWarnings("try") // a client that is closed may be interrupted
@Timeout(300)
class ConfigurationsTest {
  private static final List<String> STORAGES = List.of("key-value", "persistent", "hybrid");
  private static final List<String> WORKERS = List.of("sqs", "dynamodb");
  private static final List<String> DISTRIBUTORS = List.of("inline", "sqs", "dynamodb");
  private static final List<String> CHANNELS = List.of("tcp", "sqs");
  private static final int SESSION_MILLIS = 20_000;
  private static final int LARGE_BYTES = 100_000;

  static Stream<List<String>> configurations() {
    List<List<String>> all = new ArrayList<>();
    for (String storage : STORAGES) {
      for (String worker : WORKERS) {
        for (String distributor : DISTRIBUTORS) {
          for (String channel : CHANNELS) {
            all.add(List.of(storage, worker, distributor, channel));
          }
        }
      }
    }
    return Boolean.getBoolean("faaskeeper.matrix")
        ? all.stream()
        : all.stream().filter(ConfigurationsTest::isChosen);
  }

  /**
   * Nine of them: each storage with each distributor queue, the rest so that all pairs are there.
   */
  private static boolean isChosen(List<String> configuration) {
    int storage = STORAGES.indexOf(configuration.get(0));
    int distributor = DISTRIBUTORS.indexOf(configuration.get(2));
    return configuration.get(1).equals(WORKERS.get((storage + distributor) % 2))
        && configuration.get(3).equals(CHANNELS.get((storage + distributor / 2) % 2));
  }

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void recipesBehave(List<String> configuration) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", BuiltModule.at("functions/host").classPath()));
    command.addAll(List.of("io.faaskeeper.host.Local", "--folder", folder.toString()));
    command.addAll(List.of("--user-storage", configuration.get(0)));
    command.addAll(List.of("--worker-queue", configuration.get(1)));
    command.addAll(List.of("--distributor-queue", configuration.get(2)));
    command.addAll(List.of("--client-channel", configuration.get(3), "--end-with-stdin"));
    command.addAll(List.of("--set", "worker-queue-groups=2"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String line = process.inputReader().readLine();
      assertTrue(line != null && line.startsWith("FaaSKeeper is ready"), line);
      try (CuratorFramework one = client();
          CuratorFramework other = client()) {
        largeAndSmallDataIsReadByAnother(one, other);
        lockExcludes(one, other);
        cacheFollows(one, other);
      }
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), () -> log("host.log"));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private CuratorFramework client() throws InterruptedException {
    CuratorFramework client =
        CuratorFrameworkFactory.builder()
            .connectString("old.example:2181")
            .zookeeperFactory(new FaasKeeperZookeeperFactory())
            .zkClientConfig(new FaasKeeperClientConfig(folder.resolve("client.json")))
            .sessionTimeoutMs(SESSION_MILLIS)
            .connectionTimeoutMs(SESSION_MILLIS)
            .retryPolicy(new ExponentialBackoffRetry(100, 3))
            .build();
    client.start();
    assertTrue(client.blockUntilConnected(60, TimeUnit.SECONDS), () -> log("functions.log"));
    return client;
  }

  private static void largeAndSmallDataIsReadByAnother(CuratorFramework one, CuratorFramework other)
      throws Exception {
    byte[] large = new byte[LARGE_BYTES];
    Arrays.fill(large, (byte) 7);
    one.create().forPath("/data", large);
    assertArrayEquals(large, readSynced(other));
    one.setData().forPath("/data", new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, readSynced(other));
    one.setData().forPath("/data", large);
    assertArrayEquals(large, readSynced(other));
    one.delete().forPath("/data");
    one.create().withMode(CreateMode.EPHEMERAL).forPath("/data", new byte[0]);
    assertEquals(0, readSynced(other).length);
  }

  private static byte[] readSynced(CuratorFramework client) throws Exception {
    client.sync().forPath("/");
    return client.getData().forPath("/data");
  }

  private static void lockExcludes(CuratorFramework one, CuratorFramework other) throws Exception {
    InterProcessMutex mine = new InterProcessMutex(one, "/lock");
    InterProcessMutex theirs = new InterProcessMutex(other, "/lock");
    mine.acquire();
    assertFalse(theirs.acquire(10, TimeUnit.MILLISECONDS));
    mine.release();
    assertTrue(theirs.acquire(60, TimeUnit.SECONDS));
    theirs.release();
  }

  private static void cacheFollows(CuratorFramework one, CuratorFramework other) throws Exception {
    one.create().forPath("/cached");
    CountDownLatch followed = new CountDownLatch(1);
    try (CuratorCache cache = CuratorCache.build(other, "/cached")) {
      cache
          .listenable()
          .addListener(
              (type, before, after) -> {
                if (after != null && after.getPath().equals("/cached/child")) {
                  followed.countDown();
                }
              });
      cache.start();
      one.create().forPath("/cached/child", new byte[5_000]);
      assertTrue(followed.await(60, TimeUnit.SECONDS));
    }
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
