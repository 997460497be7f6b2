package io.faaskeeper.zookeeper.gateway;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.zookeeper.JoinFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves ZooKeeper's protocol over TCP to clients of any kind, as one server of an ensemble would:
 * any number of gateways may serve one deployment, and their clients go from one to the other.
 *
 * <p>Each time it is started it joins the deployment as a process of its own. A gateway that was
 * stopped or killed may be started again, on the same ports. Thread-safe.
 */
public final class Gateway implements AutoCloseable {
  /** Knows how to join a deployment. */
  public interface Deployment {
    /**
     * Makes a client process, which the gateway closes. It may take seconds.
     *
     * @throws IOException if the deployment can't be joined: in one line
     */
    ClientRuntime join() throws IOException;
  }

  private final Deployment deployment;
  private final GatewayOptions options;

  /** Guarded by this, both. The ports stay what they were once chosen. */
  private Ports ports;

  private @Nullable RunningGateway running;

  /** Of a deployment that is joined in a way of its own. */
  public Gateway(Deployment deployment, GatewayOptions options) {
    this.deployment = deployment;
    this.options = options;
    this.ports = new Ports(options.port(), options.securePort(), options.metricsPort());
  }

  /**
   * Of the deployment that a configuration describes. A {@link ConfigException} of {@link #start}
   * says what that lacks.
   */
  public static Gateway of(DeploymentConfig config, GatewayOptions options) {
    return new Gateway(
        () -> {
          try {
            return Deployments.clientRuntime(config);
          } catch (ConfigException e) {
            throw e;
          } catch (RuntimeException e) {
            throw new IOException(
                "the deployment " + config.name() + " can't be joined: " + JoinFailure.reason(e),
                e);
          }
        },
        options);
  }

  /**
   * Joins the deployment and listens. When it returns, clients are served.
   *
   * @return this
   * @throws IOException if the deployment can't be joined, or a port not be listened on: in one
   *     line. It may be started again.
   */
  public synchronized Gateway start() throws IOException {
    if (running != null) {
      throw new IllegalStateException("it is started already");
    }
    ClientRuntime runtime = deployment.join();
    try {
      RunningGateway started = RunningGateway.start(runtime, options, ports);
      ports = started.ports();
      running = started;
    } catch (IOException | RuntimeException e) {
      runtime.close();
      throw e;
    }
    return this;
  }

  /** The port without TLS; -1 if there is none, 0 if it was not chosen yet. */
  public synchronized int port() {
    return ports.plain();
  }

  /** The port with TLS; -1 if there is none, 0 if it was not chosen yet. */
  public synchronized int securePort() {
    return ports.secure();
  }

  /** The port of the metrics; -1 if there is none, 0 if it was not chosen yet. */
  public synchronized int metricsPort() {
    return ports.metrics();
  }

  /** For clients on this machine: the port without TLS, or else the other. */
  public synchronized String connectString() {
    String host = options.address().equals("0.0.0.0") ? "127.0.0.1" : options.address();
    return host + ":" + (ports.plain() >= 0 ? ports.plain() : ports.secure());
  }

  /**
   * Stops in order: takes no more connections and requests, answers those under way, then closes
   * the connections. No session is closed: its client finds another gateway, or this one again, and
   * keeps session, watches and ephemerals if it is there within the session's timeout. Does nothing
   * if it is not running.
   */
  public synchronized void stop() {
    RunningGateway stopped = running;
    running = null;
    if (stopped != null) {
      stopped.stop(options.drainTime());
    }
  }

  /**
   * Drops all connections and leaves the deployment without a word, as if its process were killed.
   * Does nothing if it is not running.
   */
  public synchronized void kill() {
    RunningGateway killed = running;
    running = null;
    if (killed != null) {
      killed.kill();
    }
  }

  /**
   * Drops the connection of a session, which goes on.
   *
   * @return whether it had one here
   */
  public synchronized boolean dropConnection(long sessionId) {
    return running != null && running.context().table().drop(sessionId);
  }

  /** As {@link #stop}. */
  @Override
  public void close() {
    stop();
  }

  /**
   * The ports: -1 for none, 0 for any.
   *
   * @param metrics for Prometheus
   */
  record Ports(int plain, int secure, int metrics) {}
}
