package io.faaskeeper.benchmarks.targets;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** ZooKeeper's own server, in a process that ends when its parent does, even by SIGKILL. */
final class ServerMain {
  private ServerMain() {}

  public static void main(String[] arguments) {
    Thread watcher = new Thread(ServerMain::haltWithParent, "parent-watcher");
    watcher.setDaemon(true);
    watcher.start();
    QuorumPeerMain.main(arguments);
  }

  /** The parent holds the other end of standard input, and never writes to it. */
  private static void haltWithParent() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("Standard input failed: " + e);
    }
    Runtime.getRuntime().halt(1);
  }
}
