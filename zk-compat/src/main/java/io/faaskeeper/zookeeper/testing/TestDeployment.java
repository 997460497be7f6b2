package io.faaskeeper.zookeeper.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.deployment.MemoryDeployment;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.processor.Limits;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * A deployment in memory with servers in front of it. While none of them is up its time stands
 * still: no session expires for want of a server. Thread-safe.
 */
final class TestDeployment {
  /**
   * As for a server in the test's JVM: how often it looks for containers and nodes that are due.
   */
  private static final String CHECK_INTERVAL = "znode.container.checkIntervalMs";

  private static final int CHECK_INTERVAL_MILLIS = 60_000;

  private static final double MILLIS_PER_MINUTE = 60_000;

  /** As for a server in the test's JVM. */
  private static final String SUPER_DIGEST = "zookeeper.DigestAuthenticationProvider.superDigest";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final DeploymentConfig config;
  private final PausableTime time;
  private final MemoryDeployment memory;
  private final SecureRandom random = new SecureRandom();

  /** Guarded by this, both: servers that are up, and that are not closed. */
  private int up;

  private int open;

  /** Made when first needed; shared by all deployments of a JVM. */
  private static final class Threads {
    static final ExecutorScheduler SCHEDULER = new ExecutorScheduler(executor());

    private static ScheduledThreadPoolExecutor executor() {
      ScheduledThreadPoolExecutor executor =
          new ScheduledThreadPoolExecutor(
              2,
              task -> {
                Thread thread = new Thread(task, "faaskeeper-test");
                thread.setDaemon(true);
                return thread;
              });
      executor.setRemoveOnCancelPolicy(true);
      return executor;
    }
  }

  TestDeployment(int tickMillis) {
    config = configuration(tickMillis);
    time = new PausableTime(Clock.SYSTEM, Threads.SCHEDULER);
    time.pause();
    memory = new MemoryDeployment(config, Limits.DEFAULT, time, time, random);
  }

  private static DeploymentConfig configuration(int tickMillis) {
    ObjectNode keys =
        JSON.createObjectNode()
            .put("cloud-provider", "memory")
            .put("heartbeat-frequency", heartbeatFrequency())
            .put("tick-time", tickMillis);
    String superDigest = System.getProperty(SUPER_DIGEST);
    if (superDigest != null) {
      keys.put("super-digest", superDigest);
    }
    return DeploymentConfig.parse(keys.toString());
  }

  private static double heartbeatFrequency() {
    return Integer.getInteger(CHECK_INTERVAL, CHECK_INTERVAL_MILLIS) / MILLIS_PER_MINUTE;
  }

  /** One more server. */
  synchronized void opened() {
    open++;
  }

  /** One server is gone for good; with the last one goes the deployment. */
  synchronized void closed() {
    open--;
    if (open == 0) {
      memory.close();
    }
  }

  ClientRuntime join() {
    return ClientRuntimes.create(memory.clientPorts(), Deployments.clientOptions(config), random);
  }

  byte[] sessionPassword(long sessionId) {
    return memory.sessionPassword(sessionId);
  }

  /** A server comes up. */
  interface Start {
    void start() throws IOException;
  }

  /** Counts a server that comes up; the first one makes time go on. */
  synchronized void up(Start server) throws IOException {
    if (up == 0) {
      memory.restartHeartbeat();
      time.resume();
    }
    up++;
    try {
      server.start();
    } catch (IOException | RuntimeException e) {
      down(() -> {});
      throw e;
    }
  }

  /** Counts a server that goes down; after the last one time stands still. */
  synchronized void down(Runnable server) {
    server.run();
    up--;
    if (up == 0) {
      time.pause();
    }
  }
}
