package io.faaskeeper.recipes;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.MemoryDeployment;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.client.ZKClientConfig;

/** FaaSKeeper in this JVM. Handles are spread over some client processes, as over machines. */
final class FaasKeeperInMemory implements Service {
  private static final int PROCESSES = 3;
  private static final int TICK_MILLIS = 500;

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final MemoryDeployment deployment;
  private final List<ClientRuntime> processes = new CopyOnWriteArrayList<>();
  private final AtomicInteger handles = new AtomicInteger();

  FaasKeeperInMemory() {
    deployment =
        new MemoryDeployment(
            DeploymentConfig.parse(
                "{\"cloud-provider\": \"memory\", \"tick-time\": " + TICK_MILLIS + "}"),
            Limits.DEFAULT,
            Clock.SYSTEM,
            new ExecutorScheduler(timer),
            new SecureRandom());
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(
          ClientRuntimes.create(
              deployment.clientPorts(),
              ClientOptions.DEFAULTS.withTickMillis(TICK_MILLIS),
              new SecureRandom()));
    }
  }

  @Override
  public String connectString() {
    return "zookeeper.example:2181";
  }

  @Override
  public ZKClientConfig clientConfig() {
    return new FaasKeeperClientConfig(processes.get(handles.getAndIncrement() % PROCESSES));
  }

  @Override
  public void close() {
    processes.forEach(ClientRuntime::close);
    deployment.close();
    timer.shutdownNow();
  }
}
