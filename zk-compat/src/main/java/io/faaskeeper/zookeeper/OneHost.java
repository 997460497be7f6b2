package io.faaskeeper.zookeeper;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.client.HostProvider;

/**
 * Stands for the deployment where ZooKeeper's client wants a list of servers: one, never looked up,
 * which is tried again at once after a lost connection, and then at the client's own pace.
 */
final class OneHost implements HostProvider {
  private static final InetSocketAddress ADDRESS =
      InetSocketAddress.createUnresolved("faaskeeper", 0);

  private boolean tried;

  @Override
  public int size() {
    return 1;
  }

  /**
   * The address.
   *
   * @param spinDelay milliseconds to wait if it was tried in vain
   */
  @Override
  public InetSocketAddress next(long spinDelay) {
    if (tried) {
      try {
        TimeUnit.MILLISECONDS.sleep(spinDelay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    tried = true;
    return ADDRESS;
  }

  @Override
  public void onConnected() {
    tried = false;
  }

  /** There is nowhere else to go. */
  @Override
  public boolean updateServerList(
      Collection<InetSocketAddress> serverAddresses, InetSocketAddress currentHost) {
    return false;
  }
}
