package io.faaskeeper.zookeeper.gateway;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.port.Clock;
import io.faaskeeper.zookeeper.DaemonScheduler;
import io.faaskeeper.zookeeper.gateway.monitor.FourLetterWords;
import io.faaskeeper.zookeeper.gateway.monitor.GatewayStats;
import io.faaskeeper.zookeeper.gateway.monitor.LatencyObserver;
import io.faaskeeper.zookeeper.gateway.monitor.MetricsEndpoint;
import io.faaskeeper.zookeeper.gateway.net.ConnectionInitializer;
import io.faaskeeper.zookeeper.gateway.net.ConnectionLimits;
import io.faaskeeper.zookeeper.gateway.net.ConnectionTable;
import io.faaskeeper.zookeeper.gateway.net.GatewayContext;
import io.faaskeeper.zookeeper.gateway.net.Listeners;
import io.faaskeeper.zookeeper.gateway.net.SharedMemory;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.apache.zookeeper.common.ClientX509Util;
import org.apache.zookeeper.common.X509Exception;
import org.apache.zookeeper.common.ZKConfig;
import org.jspecify.annotations.Nullable;

/**
 * A gateway from its start to its end.
 *
 * @param metrics null if there are none
 */
record RunningGateway(
    GatewayContext context,
    Listeners listeners,
    @Nullable MetricsEndpoint metrics,
    Gateway.Ports ports) {
  /** How long connections may take to close once nothing keeps them. */
  private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

  /**
   * Starts one; the runtime remains the caller's if that fails.
   *
   * @param wanted the ports
   */
  static RunningGateway start(ClientRuntime runtime, GatewayOptions options, Gateway.Ports wanted)
      throws IOException {
    MetricsEndpoint metrics = wanted.metrics() < 0 ? null : new MetricsEndpoint();
    AtomicReference<Gateway.Ports> bound = new AtomicReference<>(wanted);
    GatewayContext context =
        context(runtime, options, bound::get, metrics == null ? LatencyObserver.NONE : metrics);
    InetAddress address = InetAddress.getByName(options.address());
    Listeners listeners = new Listeners();
    try {
      int plain = -1;
      if (wanted.plain() >= 0) {
        plain = listeners.listen(address, wanted.plain(), new ConnectionInitializer(context, null));
      }
      int secure = -1;
      if (wanted.secure() >= 0) {
        secure =
            listeners.listen(
                address, wanted.secure(), new ConnectionInitializer(context, tls(options)));
      }
      int metricsPort =
          metrics == null ? -1 : metrics.start(address, wanted.metrics(), context.words()::numbers);
      Gateway.Ports ports = new Gateway.Ports(plain, secure, metricsPort);
      bound.set(ports);
      return new RunningGateway(context, listeners, metrics, ports);
    } catch (IOException | RuntimeException e) {
      listeners.close();
      listeners.end();
      throw e;
    }
  }

  private static GatewayContext context(
      ClientRuntime runtime,
      GatewayOptions options,
      Supplier<Gateway.Ports> ports,
      LatencyObserver observer) {
    ConnectionLimits limits =
        new ConnectionLimits(
            options.maxClientCnxns(),
            options.maxCnxns(),
            options.maxUnanswered(),
            options.handshakeTime());
    ConnectionTable table = new ConnectionTable(limits);
    GatewayStats stats = new GatewayStats(observer);
    FourLetterWords words =
        new FourLetterWords(
            options.words(),
            () -> configuration(options, ports.get(), runtime.monitor().options()),
            stats,
            table::monitored,
            runtime.monitor(),
            options.countAge(),
            Clock.SYSTEM);
    return new GatewayContext(
        runtime,
        limits,
        table,
        new SharedMemory(options.maxBytesUnderWay()),
        stats,
        words,
        Clock.SYSTEM,
        DaemonScheduler.ANSWERS);
  }

  /** What {@code conf} tells: of what it tells in ZooKeeper, that which there is here. */
  private static String configuration(
      GatewayOptions options, Gateway.Ports ports, ClientOptions client) {
    return "clientPort="
        + ports.plain()
        + "\nsecureClientPort="
        + ports.secure()
        + "\ntickTime="
        + client.tickMillis()
        + "\nmaxClientCnxns="
        + options.maxClientCnxns()
        + "\nminSessionTimeout="
        + client.minTimeoutTicks() * client.tickMillis()
        + "\nmaxSessionTimeout="
        + client.maxTimeoutTicks() * client.tickMillis()
        + "\nserverId=0\n";
  }

  private static SslContext tls(GatewayOptions options) throws IOException {
    ZKConfig config = options.tls() == null ? new ZKConfig() : options.tls();
    try (ClientX509Util util = new ClientX509Util()) {
      return util.createNettySslContextForServer(config);
    } catch (X509Exception | SSLException e) {
      throw new IOException("TLS can't be set up: " + e.getMessage(), e);
    }
  }

  void stop(Duration drainTime) {
    listeners.close();
    try {
      context.table().drain(drainTime);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end();
    context.runtime().close();
  }

  void kill() {
    context.runtime().halt();
    listeners.close();
    end();
  }

  private void end() {
    try {
      context.table().drop(CLOSE_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    listeners.end();
    MetricsEndpoint endpoint = metrics;
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
