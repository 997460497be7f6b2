package io.faaskeeper.benchmarks.operation;

import java.io.IOException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A session with a node of 1 KiB to work on, and a place for others, all removed at the end. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class Session {
  private static final int DATA_BYTES = 1024;

  private ZooKeeper zooKeeper;
  private String root;

  @Setup
  public void connect() throws IOException, InterruptedException, KeeperException {
    zooKeeper = Connection.open();
    root = "/bench-" + Long.toHexString(zooKeeper.getSessionId());
    create(root);
    create(node());
  }

  @TearDown
  public void disconnect() throws InterruptedException, KeeperException {
    delete(node());
    delete(root);
    zooKeeper.close();
  }

  ZooKeeper zooKeeper() {
    return zooKeeper;
  }

  /** A node that is always there. */
  String node() {
    return root + "/node";
  }

  /** A node that is there only while a benchmark says so. */
  String passingNode() {
    return root + "/passing";
  }

  String create(String path) throws InterruptedException, KeeperException {
    return zooKeeper.create(path, data(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
  }

  void delete(String path) throws InterruptedException, KeeperException {
    zooKeeper.delete(path, -1);
  }

  static byte[] data() {
    return new byte[DATA_BYTES];
  }
}
