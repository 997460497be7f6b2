package io.faaskeeper.operations.chaos;

import io.faaskeeper.simulation.RecordedHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * An ordinary ZooKeeper client behind the gateways, which writes nodes of its own and keeps what
 * was acknowledged: by the Stat, which zxid left which data. Runs in a thread of its own.
 */
@SuppressWarnings("try") // it may be interrupted
final class GatewayClient implements Runnable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final String connectString;
  private final String name;
  private final Random random;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private volatile boolean quiet;
  private final AtomicInteger count = new AtomicInteger();

  private record Acknowledged(long zxid, String path, byte[] data) {}

  GatewayClient(String connectString, String name, long seed) {
    this.connectString = connectString;
    this.name = name;
    this.random = new Random(seed);
  }

  /** It ends soon. */
  void quiet() {
    quiet = true;
  }

  /** How many writes were acknowledged. */
  int count() {
    return count.get();
  }

  @Override
  public void run() {
    while (!quiet) {
      try (ZooKeeper zooKeeper = new ZooKeeper(connectString, TIMEOUT_MILLIS, event -> {})) {
        write(zooKeeper);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Until it is quiet, or the session is over. */
  private void write(ZooKeeper zooKeeper) throws InterruptedException {
    while (!quiet && zooKeeper.getState().isAlive()) {
      String path = "/" + name + "-" + random.nextInt(5);
      byte[] data = (name + " " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
      try {
        Stat stat = new Stat();
        if (random.nextInt(3) > 0) {
          stat = zooKeeper.setData(path, data, -1);
        } else {
          String unused =
              zooKeeper.create(path, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, stat);
        }
        acknowledged.add(new Acknowledged(stat.getMzxid(), path, data));
        count.incrementAndGet();
        if (random.nextInt(4) == 0) {
          zooKeeper.delete(path, -1);
        }
      } catch (KeeperException e) {
        // The node is there, or not, or nobody knows.
      }
    }
  }

  /** An AssertionError if something that was acknowledged is not in the log. After it has ended. */
  void check(RecordedHistory.Truth truth) {
    for (Acknowledged write : acknowledged) {
      if (!truth.holds(write.zxid(), write.path(), write.data())) {
        throw new AssertionError(
            "acknowledged at %d, and not in the log: %s".formatted(write.zxid(), write.path()));
      }
    }
  }
}
