package io.faaskeeper.aws;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Creates the queues of a deployment where nothing else does: on the emulator. To create them again
 * changes nothing.
 */
public final class QueueCreation {
  /** After so many deliveries in vain a message goes to the dead-letter queue. */
  public static final int MAX_DELIVERIES = 5;

  private final SqsAsyncClient client;
  private final AwsDeploymentNames names;

  public QueueCreation(SqsAsyncClient client, AwsDeploymentNames names) {
    this.client = client;
    this.names = names;
  }

  /**
   * Completes when all queues can be used.
   *
   * @param visibilitySeconds for how long a message that was delivered is not delivered again: the
   *     time-out of the functions, at least
   */
  public CompletionStage<Void> createAll(int visibilitySeconds) {
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    return create(names.workerDeadLetterQueue(), attributes)
        .thenCompose(
            dead ->
                client.getQueueAttributes(
                    request ->
                        request
                            .queueUrl(dead.queueUrl())
                            .attributeNames(QueueAttributeName.QUEUE_ARN)))
        .thenCompose(
            dead -> {
              attributes.put(
                  QueueAttributeName.VISIBILITY_TIMEOUT, Integer.toString(visibilitySeconds));
              attributes.put(
                  QueueAttributeName.REDRIVE_POLICY,
                  redrive(dead.attributes().getOrDefault(QueueAttributeName.QUEUE_ARN, "")));
              return create(names.workerQueue(), attributes);
            })
        .thenCompose(
            worker -> {
              attributes.remove(QueueAttributeName.REDRIVE_POLICY);
              return create(names.distributorQueue(), attributes);
            })
        .thenAccept(created -> {});
  }

  private CompletionStage<CreateQueueResponse> create(
      String name, Map<QueueAttributeName, String> attributes) {
    return client.createQueue(request -> request.queueName(name).attributes(attributes));
  }

  private static String redrive(String deadLetterQueue) {
    return "{\"deadLetterTargetArn\":\""
        + deadLetterQueue
        + "\",\"maxReceiveCount\":"
        + MAX_DELIVERIES
        + "}";
  }
}
