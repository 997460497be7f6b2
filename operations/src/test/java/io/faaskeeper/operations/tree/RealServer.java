package io.faaskeeper.operations.tree;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A standalone ZooKeeper server in this JVM. */
final class RealServer implements AutoCloseable {
  private static final int TICK_MILLIS = 3_000;
  private static final int NO_LIMIT = 0;

  private final ServerCnxnFactory connections;

  RealServer(Path folder) throws IOException, InterruptedException {
    connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), NO_LIMIT);
    connections.startup(new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS));
  }

  String connectString() {
    return "127.0.0.1:" + connections.getLocalPort();
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
