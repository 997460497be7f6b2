package io.faaskeeper.benchmarks.targets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnEmulatorsTest {
  private static final int SESSION_MILLIS = 30_000;

  @TempDir Path folder;

  @Test
  void servesFromItsStartUntilItsCloseAndLeavesNoProcess()
      throws IOException,
          InterruptedException,
          KeeperException,
          ExecutionException,
          TimeoutException {
    List<ProcessHandle> others = descendants().toList();
    List<ProcessHandle> started;
    try (OnEmulators target = new OnEmulators(folder)) {
      target.start();
      started = descendants().filter(process -> !others.contains(process)).toList();
      assertTrue(started.size() > 2, started::toString);
      useIt(target);
    }
    for (ProcessHandle process : started) {
      ProcessHandle ended = process.onExit().get(1, TimeUnit.MINUTES);
      assertFalse(ended.isAlive());
    }
  }

  private static Stream<ProcessHandle> descendants() {
    return ProcessHandle.current().descendants();
  }

  private static void useIt(OnEmulators target)
      throws IOException, InterruptedException, KeeperException {
    ZKClientConfig config = new ZKClientConfig();
    target.clientProperties().forEach(config::setProperty);
    byte[] data = {1, 2, 3};
    ZooKeeper zooKeeper =
        new ZooKeeper(target.connectString(), SESSION_MILLIS, event -> {}, false, config);
    try {
      String node = zooKeeper.create("/node", data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
      assertArrayEquals(data, zooKeeper.getData(node, false, null));
    } finally {
      zooKeeper.close();
    }
  }
}
