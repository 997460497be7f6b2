package io.faaskeeper.deployment;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.processor.Limits;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;

/**
 * Joins deployments. The threads it needs are daemons, made with the first deployment of a JVM and
 * shared by all. Thread-safe.
 */
public final class Deployments {
  private static final ConcurrentMap<String, MemoryDeployment> IN_MEMORY =
      new ConcurrentHashMap<>();

  private Deployments() {}

  /** Made when first needed. */
  private static final class Threads {
    static final Scheduler SCHEDULER = new ExecutorScheduler(executor());

    private static ScheduledThreadPoolExecutor executor() {
      ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2, Threads::daemon);
      executor.setRemoveOnCancelPolicy(true);
      return executor;
    }

    static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "faaskeeper");
      thread.setDaemon(true);
      return thread;
    }
  }

  /**
   * Makes a client process of the deployment that a configuration describes, with every {@link
   * ClientRuntimeDecorator} around it.
   */
  public static ClientRuntime clientRuntime(DeploymentConfig config) {
    ClientRuntime runtime = plainRuntime(config);
    for (ClientRuntimeDecorator decorator : ServiceLoader.load(ClientRuntimeDecorator.class)) {
      runtime = decorator.decorate(runtime);
    }
    return runtime;
  }

  private static ClientRuntime plainRuntime(DeploymentConfig config) {
    return switch (config.provider()) {
      case MEMORY ->
          ClientRuntimes.create(
              inMemory(config).clientPorts(), clientOptions(config), new SecureRandom());
      case AWS, LOCAL -> onAws(config, AwsDeployment::clientRuntime);
    };
  }

  /** Opens what the deployment that a configuration describes has stored. */
  public static DeploymentStorage storage(DeploymentConfig config) {
    return switch (config.provider()) {
      case MEMORY -> inMemory(config).deploymentStorage();
      case AWS, LOCAL -> onAws(config, AwsDeployment::storage);
    };
  }

  private static <T> T onAws(DeploymentConfig config, Function<AwsDeployment, T> use) {
    try {
      return use.apply(new AwsDeployment(config, Threads.SCHEDULER, Threads::daemon, List.of()));
    } catch (NoClassDefFoundError e) {
      throw new ConfigException(
          "cloud-provider "
              + config.provider().name().toLowerCase(Locale.ROOT)
              + " needs the AWS SDK on the class path, and there is no "
              + e.getMessage()
              + ": add dynamodb, sqs, aws-crt-client, and s3 if user-storage has a bucket, of group"
              + " software.amazon.awssdk");
    }
  }

  /** What a client process is told of the deployment. */
  public static ClientOptions clientOptions(DeploymentConfig config) {
    return ClientOptions.DEFAULTS
        .withTickMillis(config.tickMillis())
        .withSuperDigest(config.superDigest());
  }

  /**
   * The deployment of this name in this JVM; begun by whoever asks first, with its configuration.
   */
  public static MemoryDeployment inMemory(DeploymentConfig config) {
    return IN_MEMORY.computeIfAbsent(
        config.name(),
        name ->
            new MemoryDeployment(
                config, Limits.DEFAULT, Clock.SYSTEM, Threads.SCHEDULER, new SecureRandom()));
  }
}
