package io.faaskeeper.host;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.host.lambda.FunctionSpec;
import io.faaskeeper.host.source.StreamSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The functions of a local deployment, as the template has them on AWS. Warm from the start are
 * those that a client waits for.
 */
final class LocalFunctions {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(60);
  private static final int WATCHERS = 10;
  private static final String PACKAGE = "io.faaskeeper.functions.";

  private final DeploymentConfig config;
  private final AwsDeploymentNames names;
  private final Map<String, String> environment;

  LocalFunctions(DeploymentConfig config, AwsDeploymentNames names, String secret) {
    this.config = config;
    this.names = names;
    this.environment =
        Map.of(
            "FAASKEEPER_DEPLOYMENT",
            config.toJson(),
            "FAASKEEPER_SECRET",
            secret,
            "FAASKEEPER_LOG_LEVEL",
            config.verbose() ? "DEBUG" : "INFO");
  }

  /** As many instances as there are message groups: each is worked on by one at a time. */
  FunctionSpec writer() {
    int groups = config.workerQueueGroups();
    return function("writer", "WriterHandler", groups, groups, TIMEOUT);
  }

  /** Its groups are keys; Lambda works on at most ten at a time. */
  StreamSettings workerStream() {
    int atOnce = Math.min(config.workerQueueGroups(), StreamSettings.MAX_PARALLELIZATION);
    return new StreamSettings(10, atOnce, QueueCreation.MAX_DELIVERIES - 1, true);
  }

  /** Each change only says that there is more in the log. */
  StreamSettings logStream() {
    return new StreamSettings(100, 1, StreamSettings.FOR_EVER, false);
  }

  boolean hasDistributor() {
    return config.distributorQueue() != DistributorQueueKind.INLINE;
  }

  /** Its queue has one group. */
  FunctionSpec distributor() {
    return function("distributor", "DistributorHandler", 1, 1, TIMEOUT);
  }

  FunctionSpec watch() {
    return function("watch", "WatchHandler", WATCHERS, 0, TIMEOUT);
  }

  FunctionSpec heartbeat() {
    return function("heartbeat", "HeartbeatHandler", 1, 0, HEARTBEAT_TIMEOUT);
  }

  private FunctionSpec function(
      String stage, String handler, int concurrency, int provisioned, Duration timeout) {
    return new FunctionSpec(
        names.function(stage), PACKAGE + handler, concurrency, provisioned, timeout, environment);
  }
}
