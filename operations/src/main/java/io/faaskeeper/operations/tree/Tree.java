package io.faaskeeper.operations.tree;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/**
 * An open tree, at one end of a transfer.
 *
 * @param zooKeeper a connected handle
 * @param modes tells how its nodes live
 * @param tellsModes whether it can
 * @param name what people call it
 * @param closing lets go of what else was opened for it
 */
record Tree(ZooKeeper zooKeeper, Modes modes, boolean tellsModes, String name, Runnable closing)
    implements AutoCloseable {
  private static final int CONNECT_SECONDS = 30;

  /** Waits for the first connection of a handle. */
  static final class Connected implements Watcher {
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile KeeperState state = KeeperState.Disconnected;

    @Override
    public void process(WatchedEvent event) {
      state = event.getState();
      if (state == KeeperState.SyncConnected || state == KeeperState.AuthFailed) {
        settled.countDown();
      }
    }

    /** Fails, in one line, if there is none in half a minute. */
    void await(String name) throws IOException, InterruptedException {
      if (!settled.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(name + " does not answer");
      }
      if (state == KeeperState.AuthFailed) {
        throw new IOException(name + " refuses these credentials");
      }
    }
  }

  @Override
  public void close() {
    try {
      zooKeeper.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closing.run();
  }
}
