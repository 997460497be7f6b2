package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The original ZooKeeper class, chosen by properties alone, on a deployment in memory. */
final class WholeInMemoryTest {
  @TempDir Path folder;

  private ZooKeeper connect(BlockingQueue<WatchedEvent> events) throws Exception {
    Path config = folder.resolve("faaskeeper.json");
    Files.writeString(config, "{\"cloud-provider\": \"memory\", \"deployment-name\": \"whole\"}");
    System.setProperty("faaskeeper.config", config.toString());
    System.setProperty(
        "zookeeper.clientCnxnSocket", "org.apache.zookeeper.ClientCnxnSocketFaasKeeper");
    return new ZooKeeper("zk1.example.invalid:2181/app", 10_000, events::add);
  }

  @Test
  void anOrdinaryProgram() throws Exception {
    BlockingQueue<WatchedEvent> events = new ArrayBlockingQueue<>(100);
    ZooKeeper zk = connect(events);
    assertEquals(Watcher.Event.KeeperState.SyncConnected, next(events).getState());
    ZooKeeper root = new ZooKeeper("zk1", 10_000, e -> {});
    root.create("/app", new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    assertNull(zk.exists("/a", true));
    zk.create("/a", new byte[] {1}, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    assertEquals(Watcher.Event.EventType.NodeCreated, next(events).getType());
    Stat stat = new Stat();
    assertArrayEquals(new byte[] {1}, zk.getData("/a", true, stat));
    zk.setData("/a", new byte[2], 0);
    assertEquals(Watcher.Event.EventType.NodeDataChanged, next(events).getType());
    zk.create("/a/e", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
    assertEquals(List.of("e"), root.getChildren("/app/a", false));
    zk.close();
    assertEquals(List.of(), root.getChildren("/app/a", false));
    assertNotNull(root.exists("/app/a", false));
    root.close();
  }

  private static WatchedEvent next(BlockingQueue<WatchedEvent> events) throws Exception {
    WatchedEvent event = events.poll(10, TimeUnit.SECONDS);
    assertNotNull(event);
    return event;
  }
}
