package io.faaskeeper.zookeeper.testing;

import io.faaskeeper.zookeeper.gateway.Gateway;
import io.faaskeeper.zookeeper.gateway.GatewayOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/**
 * FaaSKeeper as a server in a test: takes the place of Curator's {@code TestingServer}. It keeps
 * everything in memory and answers ZooKeeper's clients of any kind at its {@link #connectString}.
 *
 * <pre>{@code
 * try (FaasKeeperTestServer server = FaasKeeperTestServer.start();
 *     CuratorFramework client = CuratorFrameworkFactory.newClient(server.connectString(), retry)) {
 *   client.start();
 *   ...
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class FaasKeeperTestServer implements AutoCloseable {
  /** ZooKeeper's own tick; sessions may ask for 2 to 20 of them. */
  public static final int TICK_MILLIS = 2_000;

  /** How long an orderly stop waits for answers under way. */
  private static final Duration DRAIN_TIME = Duration.ofMillis(500);

  private static final int EXPIRE_SECONDS = 10;

  private final TestDeployment deployment;
  private final Gateway gateway;

  /** Guarded by this, both. */
  private boolean up;

  private boolean closed;

  private FaasKeeperTestServer(TestDeployment deployment, int port) {
    this.deployment = deployment;
    deployment.opened();
    this.gateway =
        new Gateway(
            deployment::join, GatewayOptions.local().port(port).drainTime(DRAIN_TIME).build());
  }

  /** Starts a server of a new, empty deployment, on a free port. */
  public static FaasKeeperTestServer start() throws IOException {
    FaasKeeperTestServer server = create(0, TICK_MILLIS);
    server.restart();
    return server;
  }

  /**
   * Makes a server of a new, empty deployment. It is not started yet: {@link #restart} does that.
   *
   * @param port of the loopback address; 0 for a free one
   * @param tickMillis ZooKeeper's tick: session timeouts are 2 to 20 of them
   */
  public static FaasKeeperTestServer create(int port, int tickMillis) {
    return new FaasKeeperTestServer(new TestDeployment(tickMillis), port);
  }

  /**
   * Makes one more server of the same deployment, as of the same ensemble. It is not started yet:
   * {@link #restart} does that.
   *
   * @param port of the loopback address; 0 for a free one
   */
  public FaasKeeperTestServer another(int port) {
    return new FaasKeeperTestServer(deployment, port);
  }

  /** What clients connect to. It stays the same when the server is stopped and started again. */
  public String connectString() {
    return gateway.connectString();
  }

  /** The port. It stays the same when the server is stopped and started again. */
  public int port() {
    return gateway.port();
  }

  /**
   * Stops in order, if it is up: its clients lose their connections, and nothing is forgotten.
   * While no server of the deployment is up, no session expires.
   */
  public synchronized void stop() {
    goDown(gateway::stop);
  }

  /** Stops as if its process were killed, if it is up; else as {@link #stop}. */
  public synchronized void kill() {
    goDown(gateway::kill);
  }

  private void goDown(Runnable how) {
    if (up) {
      up = false;
      deployment.down(how);
    }
  }

  /**
   * Starts it, after having stopped it if it is up. All nodes and sessions are as they were; if no
   * server was up, each session has its timeout anew.
   *
   * @throws IOException if it can't listen on its port
   * @throws IllegalStateException if it is closed
   */
  public synchronized void restart() throws IOException {
    if (closed) {
      throw new IllegalStateException("it is closed");
    }
    stop();
    deployment.up(gateway::start);
    up = true;
  }

  /**
   * Expires a session: it ends as if it had not been heard from, and its client is told so. Returns
   * when it has ended.
   *
   * @param client of this deployment, connected at least once
   * @throws IllegalStateException if that could not be done in 10 seconds
   */
  public void expireSession(ZooKeeper client) throws IOException, InterruptedException {
    expireSession(client.getSessionId());
  }

  /**
   * Expires a session, as {@link #expireSession(ZooKeeper)}, of which only the id is at hand. Does
   * nothing if there is none.
   *
   * @throws IllegalStateException if that could not be done in 10 seconds
   */
  public void expireSession(long sessionId) throws IOException, InterruptedException {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper twin =
        new ZooKeeper(
            connectString(),
            EXPIRE_SECONDS * 1_000,
            event -> {
              if (event.getState() == KeeperState.SyncConnected
                  || event.getState() == KeeperState.Expired) {
                connected.countDown();
              }
            },
            sessionId,
            deployment.sessionPassword(sessionId));
    try {
      if (!connected.await(EXPIRE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "session 0x" + Long.toHexString(sessionId) + " could not be expired");
      }
    } finally {
      twin.close();
    }
  }

  /**
   * Drops the connection of a client, who may connect again.
   *
   * @return whether it had one to this server
   */
  public boolean dropConnection(ZooKeeper client) {
    return dropConnection(client.getSessionId());
  }

  /** Drops the connection of a session, as {@link #dropConnection(ZooKeeper)}. */
  public boolean dropConnection(long sessionId) {
    return gateway.dropConnection(sessionId);
  }

  /** Stops it for good. When the last server of a deployment is closed, the deployment is gone. */
  @Override
  public synchronized void close() {
    if (!closed) {
      stop();
      closed = true;
      deployment.closed();
    }
  }
}
