package io.faaskeeper.benchmarks.operation;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** Connects to the target of this JVM. */
public final class Connection {
  /** The system property that holds the connect string. */
  public static final String CONNECT_STRING = "faaskeeper.benchmarks.connect";

  private static final int SESSION_MILLIS = 30_000;

  private Connection() {}

  /** A session that is connected. */
  static ZooKeeper open() throws IOException, InterruptedException {
    String target = System.getProperty(CONNECT_STRING);
    if (target == null) {
      throw new IllegalStateException("start these benchmarks through their own main class");
    }
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zooKeeper =
        new ZooKeeper(
            target,
            SESSION_MILLIS,
            event -> {
              if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
              }
            });
    if (!connected.await(SESSION_MILLIS, TimeUnit.MILLISECONDS)) {
      zooKeeper.close();
      throw new IOException("no connection to " + target + " in " + SESSION_MILLIS + " ms");
    }
    return zooKeeper;
  }
}
