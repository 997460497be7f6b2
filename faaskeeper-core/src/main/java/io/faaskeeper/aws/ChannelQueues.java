package io.faaskeeper.aws;

import io.faaskeeper.model.Seal;
import java.util.Optional;

/**
 * The addresses of client processes that have a queue each: {@code sqs:} and the process's name.
 */
final class ChannelQueues {
  private static final String SCHEME = "sqs:";

  private final AwsDeploymentNames names;

  ChannelQueues(AwsDeploymentNames names) {
    this.names = names;
  }

  static String address(String process) {
    return SCHEME + process;
  }

  String queue(String process) {
    return names.channelQueue(process);
  }

  /** The name of the queue that an address stands for: always one of this deployment's channels. */
  Optional<String> queueAt(String address) {
    String process = address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : "";
    return Seal.isProcessName(process) ? Optional.of(queue(process)) : Optional.empty();
  }
}
