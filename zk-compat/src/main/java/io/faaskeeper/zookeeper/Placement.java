package io.faaskeeper.zookeeper;

import java.io.IOException;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/**
 * Whether our socket class can work where it lies: beside which ZooKeeper client, and how loaded.
 */
final class Placement {
  private static final String SINCE_3_6 = "org.apache.zookeeper.AddWatchMode";

  private Placement() {}

  /**
   * Checks that ZooKeeper's class loader finds our socket, and the very class that this one sees.
   *
   * @throws IOException if not, with what to do about it
   */
  static void check() throws IOException {
    check(ZooKeeper.class.getClassLoader(), Placement.class.getClassLoader());
  }

  /**
   * Checks that the client is new enough.
   *
   * @throws IOException if not, with what to do about it
   */
  static void checkVersion(ClassLoader zookeeper) throws IOException {
    try {
      Class.forName(SINCE_3_6, false, zookeeper);
    } catch (ClassNotFoundException e) {
      throw new IOException(
          "FaaSKeeper works in the JVM of ZooKeeper clients from 3.6 on, and this one is older:"
              + " let it connect to a FaaSKeeper gateway (bin/fk gateway) instead.",
          e);
    }
  }

  static void check(ClassLoader zookeeper, ClassLoader ours) throws IOException {
    try {
      Class<?> theirs = Class.forName(FaasKeeperClientConfig.SOCKET, false, zookeeper);
      if (theirs.equals(Class.forName(FaasKeeperClientConfig.SOCKET, false, ours))) {
        return;
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw misplaced(e);
    }
    throw misplaced(null);
  }

  private static IOException misplaced(@Nullable Throwable cause) {
    return new IOException(
        "FaaSKeeper's zk-compat jar and zookeeper.jar must be loaded by the same class loader,"
            + " from the class path: put them into the same place.",
        cause);
  }
}
