package io.faaskeeper.zookeeper.gateway;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.MemoryDeployment;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.processor.Limits;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** A deployment in memory and the gateways on it. */
final class MemoryService implements AutoCloseable {
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final DeploymentConfig config;
  private final MemoryDeployment deployment;
  private final List<Gateway> gateways = new ArrayList<>();

  /** With this tick; session timeouts are 2 to 20 of it. */
  MemoryService(int tickMillis) {
    config =
        DeploymentConfig.parse(
            "{\"cloud-provider\": \"memory\", \"tick-time\": " + tickMillis + "}");
    deployment =
        new MemoryDeployment(
            config,
            Limits.DEFAULT,
            Clock.SYSTEM,
            new ExecutorScheduler(threads),
            new SecureRandom());
  }

  /** A gateway that is not started. */
  Gateway gateway(GatewayOptions options) {
    Gateway gateway =
        new Gateway(
            () ->
                ClientRuntimes.create(
                    deployment.clientPorts(),
                    ClientOptions.DEFAULTS.withTickMillis(config.tickMillis()),
                    new SecureRandom()),
            options);
    gateways.add(gateway);
    return gateway;
  }

  /** A started one, on any port. */
  Gateway start() throws Exception {
    return gateway(GatewayOptions.local().build()).start();
  }

  @Override
  public void close() {
    gateways.forEach(Gateway::kill);
    deployment.close();
    threads.shutdownNow();
  }
}
