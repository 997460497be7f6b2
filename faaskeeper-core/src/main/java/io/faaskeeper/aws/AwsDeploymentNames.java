package io.faaskeeper.aws;

import java.util.Locale;

/**
 * The names of what a deployment consists of, all derived from its own.
 *
 * @param deployment its name: 1 to 32 letters, digits and hyphens
 */
public record AwsDeploymentNames(String deployment) {
  public AwsDeploymentNames {
    if (!deployment.matches("[A-Za-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "a deployment's name has 1 to 32 letters, digits and hyphens: " + deployment);
    }
  }

  public String table(TableSchema table) {
    return prefix() + table.role();
  }

  public String workerQueue() {
    return prefix() + "worker.fifo";
  }

  /** Where messages go that the writer failed too often on. */
  public String workerDeadLetterQueue() {
    return prefix() + "worker-dead.fifo";
  }

  public String distributorQueue() {
    return prefix() + "distributor.fifo";
  }

  /** The bucket, where the configuration names no other: buckets have no capital letters. */
  public String defaultBucket() {
    return prefix().toLowerCase(Locale.ROOT) + "data";
  }

  /**
   * The queue of a client process, where it has one.
   *
   * @param process its name: 22 characters
   */
  public String channelQueue(String process) {
    return prefix() + "channel-" + process;
  }

  /**
   * The name of a function.
   *
   * @param stage writer, distributor, watch or heartbeat
   */
  public String function(String stage) {
    return prefix() + stage;
  }

  /** EventBridge's rule that invokes the heartbeat. */
  public String heartbeatRule() {
    return function("heartbeat");
  }

  private String prefix() {
    return "faaskeeper-" + deployment + "-";
  }
}
