package io.faaskeeper.zookeeper;

import java.io.IOException;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.admin.ZooKeeperAdmin;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes Curator's handles FaaSKeeper's: {@code
 * CuratorFrameworkFactory.builder().zookeeperFactory(new FaasKeeperZookeeperFactory())}. Which
 * deployment, see {@link FaasKeeperClientConfig}. Of the connect string the chroot counts, the
 * hosts do not.
 */
public class FaasKeeperZookeeperFactory implements ZookeeperFactory {
  /** Needs no lookup. */
  private static final String NO_HOST = "127.0.0.1:0";

  @Override
  public ZooKeeper newZooKeeper(
      String connectString, int sessionTimeout, Watcher watcher, boolean canBeReadOnly)
      throws IOException {
    return newZooKeeper(connectString, sessionTimeout, watcher, canBeReadOnly, null);
  }

  /** A {@link ZooKeeperAdmin}, as from Curator's own factory, whose users may cast it to that. */
  @Override
  public ZooKeeper newZooKeeper(
      String connectString,
      int sessionTimeout,
      Watcher watcher,
      boolean canBeReadOnly,
      @Nullable ZKClientConfig config)
      throws IOException {
    int chroot = connectString.indexOf('/');
    return new ZooKeeperAdmin(
        chroot < 0 ? NO_HOST : NO_HOST + connectString.substring(chroot),
        sessionTimeout,
        watcher,
        canBeReadOnly,
        FaasKeeperClientConfig.choosing(config));
  }
}
