package io.faaskeeper.host;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.deployment.DeploymentConfig.WorkerQueueKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes tables, queues and bucket of a deployment on emulators, as far as they are not there. */
final class Creation {
  private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

  /**
   * On a machine that has much else to do, an emulator that has just begun may take longer than a
   * call waits.
   */
  private static final int MAX_ATTEMPTS = 4;

  private final AwsClients clients;
  private final DeploymentConfig config;
  private final int visibilitySeconds;

  /**
   * @param visibilitySeconds for how long a message that was delivered is not delivered again
   */
  Creation(AwsClients clients, DeploymentConfig config, int visibilitySeconds) {
    this.clients = clients;
    this.config = config;
    this.visibilitySeconds = visibilitySeconds;
  }

  /** Waits until all can be used. */
  void run() {
    for (int attempt = 1; true; attempt++) {
      try {
        CompletableFuture.allOf(
                tables().toCompletableFuture(),
                queues().toCompletableFuture(),
                bucket().toCompletableFuture())
            .join();
        return;
      } catch (CompletionException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        LOG.warn("what is stored in could not be made, and is tried again", e);
      }
    }
  }

  private CompletionStage<Void> tables() {
    return new TableCreation(clients.dynamoDb(), names())
        .createAll(
            config.workerQueue() == WorkerQueueKind.DYNAMODB,
            config.distributorQueue() == DistributorQueueKind.DYNAMODB);
  }

  private CompletionStage<Void> queues() {
    return new QueueCreation(clients.sqs(), names()).createAll(visibilitySeconds);
  }

  private CompletionStage<Void> bucket() {
    return config.userStorage().hasBucket()
        ? new BucketCreation(clients.s3()).create(AwsDeployment.bucket(config))
        : CompletableFuture.completedStage(null);
  }

  private AwsDeploymentNames names() {
    return new AwsDeploymentNames(config.name());
  }
}
