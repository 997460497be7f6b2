package io.faaskeeper.parity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.server.DataTree;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A standalone ZooKeeper server in this JVM, without the timer that removes containers. */
final class RealServer implements AutoCloseable {
  /** Of connections: one that a client has closed counts until the server notices. */
  private static final int NO_LIMIT = 0;

  private final ZooKeeperServer server;
  private final ServerCnxnFactory connections;

  RealServer(Path folder) throws IOException, InterruptedException {
    server = new ZooKeeperServer(folder.toFile(), folder.toFile(), 3_000);
    connections = new NIOServerCnxnFactory();
    connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), NO_LIMIT);
    connections.startup(server);
  }

  int port() {
    return connections.getLocalPort();
  }

  /** What it knows; to be read while no request is under way. */
  DataTree tree() {
    return server.getZKDatabase().getDataTree();
  }

  /**
   * Does what it does when a session's time is over, and waits for it: until then the nodes of the
   * session are half there. Nothing else may be under way.
   */
  void expire(long sessionId) {
    long before = server.getZxid();
    server.closeSession(sessionId);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (server.getZKDatabase().getDataTreeLastProcessedZxid() <= before) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the session does not end");
      }
      LockSupport.parkNanos(100_000);
    }
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
