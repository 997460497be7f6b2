package io.faaskeeper.parity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A standalone ZooKeeper server in this JVM, without the timer that removes containers. */
final class RealServer implements AutoCloseable {
  private final ZooKeeperServer server;
  private final ServerCnxnFactory connections;

  RealServer(Path folder) throws IOException, InterruptedException {
    server = new ZooKeeperServer(folder.toFile(), folder.toFile(), 3_000);
    connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    connections.startup(server);
  }

  int port() {
    return connections.getLocalPort();
  }

  /** What it knows; to be read while no request is under way. */
  DataTree tree() {
    return server.getZKDatabase().getDataTree();
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
