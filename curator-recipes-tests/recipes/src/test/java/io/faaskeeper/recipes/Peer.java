package io.faaskeeper.recipes;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ConnectStringParser;
import org.apache.zookeeper.client.HostProvider;
import org.apache.zookeeper.client.StaticHostProvider;

/** A Curator client with a session of its own, which faults may befall. */
final class Peer implements AutoCloseable {
  private static final int SESSION_TIMEOUT_MILLIS = 8_000;
  private static final int RETRIES_MAX = 100;
  private static final int RETRY_MILLIS = 100;

  private final Service service;
  private final CuratorFramework curator;
  private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

  Peer(Service service) {
    this.service = service;
    curator =
        CuratorFrameworkFactory.builder()
            .connectString(service.connectString())
            .sessionTimeoutMs(SESSION_TIMEOUT_MILLIS)
            .retryPolicy(new RetryNTimes(RETRIES_MAX, RETRY_MILLIS))
            .zkClientConfig(service.clientConfig())
            .build();
    curator.getConnectionStateListenable().addListener((c, state) -> states.add(state));
    curator.start();
    await().until(() -> states.contains(ConnectionState.CONNECTED));
  }

  CuratorFramework curator() {
    return curator;
  }

  long sessionId() throws Exception {
    return curator.getZookeeperClient().getZooKeeper().getSessionId();
  }

  /** Lets a fault happen and, meanwhile, something else; returns when the client is back. */
  void suffer(Fault fault, Meanwhile meanwhile) throws Exception {
    long before = reconnects();
    ZooKeeper handle = curator.getZookeeperClient().getZooKeeper();
    long session = handle.getSessionId();
    if (fault.keepsSession()) {
      handle.getTestable().closeSocket();
    } else {
      byte[] password = handle.getSessionPasswd();
      await().until(() -> isOver(session, password));
    }
    meanwhile.run();
    await().until(() -> reconnects() > before);
    await().until(() -> (sessionId() == session) == fault.keepsSession());
  }

  void suffer(Fault fault) throws Exception {
    suffer(fault, () -> {});
  }

  private long reconnects() {
    return times(ConnectionState.RECONNECTED);
  }

  private boolean isConnected() {
    return states.get(states.size() - 1).isConnected();
  }

  private long times(ConnectionState state) {
    return states.stream().filter(state::equals).count();
  }

  /**
   * A second handle takes the session over and closes it, until the service knows it no more. As
   * when a session expires, its client knows that it has no connection before the session is over.
   */
  private boolean isOver(long session, byte[] password) throws Exception {
    List<KeeperState> seen = new CopyOnWriteArrayList<>();
    long suspended = times(ConnectionState.SUSPENDED);
    HostProvider hosts =
        new StaticHostProvider(
            new ConnectStringParser(service.connectString()).getServerAddresses());
    ZooKeeper second =
        new ZooKeeper(
            service.connectString(),
            SESSION_TIMEOUT_MILLIS,
            (WatchedEvent event) -> seen.add(event.getState()),
            session,
            password,
            false,
            hosts,
            service.clientConfig());
    try {
      await().until(() -> !seen.isEmpty());
      boolean over = seen.get(0) == KeeperState.Expired;
      if (!over) {
        await().until(() -> times(ConnectionState.SUSPENDED) > suspended || !isConnected());
      }
      return over;
    } finally {
      second.close();
    }
  }

  @Override
  public void close() {
    curator.close();
  }

  /** What happens during a fault. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws Exception;
  }
}
