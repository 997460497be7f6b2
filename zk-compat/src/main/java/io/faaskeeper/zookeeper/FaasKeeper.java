package io.faaskeeper.zookeeper;

import java.io.IOException;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.HostProvider;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A {@code ZooKeeper} handle on a FaaSKeeper deployment: the original class with its constructors,
 * over our transport. Which deployment, see {@link FaasKeeperClientConfig}.
 *
 * <p>Of the connect string the chroot counts, the hosts do not; they are not even looked up. A
 * configuration that is passed in is changed: it chooses FaaSKeeper from then on. Besides what the
 * original throws, every constructor throws an {@link IOException} that says in one sentence what
 * is wrong with the deployment's configuration, or with the place of the jars.
 */
@SuppressWarnings("try") // ZooKeeper's own close may be interrupted
public class FaasKeeper extends ZooKeeper {
  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher)}. */
  public FaasKeeper(String connectString, int sessionTimeout, Watcher watcher) throws IOException {
    this(connectString, sessionTimeout, watcher, false);
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, ZKClientConfig)}. */
  public FaasKeeper(
      String connectString, int sessionTimeout, Watcher watcher, @Nullable ZKClientConfig conf)
      throws IOException {
    this(connectString, sessionTimeout, watcher, false, conf);
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, boolean)}. */
  public FaasKeeper(
      String connectString, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
      throws IOException {
    this(connectString, sessionTimeout, watcher, canBeReadOnly, (ZKClientConfig) null);
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, boolean, ZKClientConfig)}. */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      boolean canBeReadOnly,
      @Nullable ZKClientConfig conf)
      throws IOException {
    this(connectString, sessionTimeout, watcher, canBeReadOnly, new OneHost(), conf);
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, boolean, HostProvider)}. */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      boolean canBeReadOnly,
      HostProvider hostProvider)
      throws IOException {
    this(connectString, sessionTimeout, watcher, canBeReadOnly, hostProvider, null);
  }

  /**
   * As {@link ZooKeeper#ZooKeeper(String, int, Watcher, boolean, HostProvider, ZKClientConfig)}.
   */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      boolean canBeReadOnly,
      HostProvider hostProvider,
      @Nullable ZKClientConfig conf)
      throws IOException {
    super(
        connectString,
        sessionTimeout,
        watcher,
        canBeReadOnly,
        hostProvider,
        FaasKeeperClientConfig.choosing(conf));
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, long, byte[])}. */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      long sessionId,
      byte[] sessionPasswd)
      throws IOException {
    this(connectString, sessionTimeout, watcher, sessionId, sessionPasswd, false);
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, long, byte[], boolean)}. */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      long sessionId,
      byte[] sessionPasswd,
      boolean canBeReadOnly)
      throws IOException {
    this(
        connectString,
        sessionTimeout,
        watcher,
        sessionId,
        sessionPasswd,
        canBeReadOnly,
        new OneHost());
  }

  /** As {@link ZooKeeper#ZooKeeper(String, int, Watcher, long, byte[], boolean, HostProvider)}. */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      long sessionId,
      byte[] sessionPasswd,
      boolean canBeReadOnly,
      HostProvider hostProvider)
      throws IOException {
    this(
        connectString,
        sessionTimeout,
        watcher,
        sessionId,
        sessionPasswd,
        canBeReadOnly,
        hostProvider,
        null);
  }

  /**
   * As {@link ZooKeeper#ZooKeeper(String, int, Watcher, long, byte[], boolean, HostProvider,
   * ZKClientConfig)}.
   */
  public FaasKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      long sessionId,
      byte[] sessionPasswd,
      boolean canBeReadOnly,
      HostProvider hostProvider,
      @Nullable ZKClientConfig conf)
      throws IOException {
    super(
        connectString,
        sessionTimeout,
        watcher,
        sessionId,
        sessionPasswd,
        canBeReadOnly,
        hostProvider,
        FaasKeeperClientConfig.choosing(conf));
  }
}
