package io.faaskeeper.aws;

import io.faaskeeper.port.WorkerQueue;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/** The worker queue on an SQS FIFO queue. Thread-safe. */
final class SqsWorkerQueue implements WorkerQueue {
  private final SqsAsyncClient sqs;
  private final String url;
  private final MessageBodies bodies;
  private final GroupOrder order;

  private SqsWorkerQueue(SqsAsyncClient sqs, String url, int groups, MessageBodies bodies) {
    this.sqs = sqs;
    this.url = url;
    this.bodies = bodies;
    this.order = new GroupOrder(groups);
  }

  static CompletionStage<WorkerQueue> open(
      SqsAsyncClient sqs, String name, int groups, MessageBodies bodies) {
    return sqs.getQueueUrl(request -> request.queueName(name))
        .thenApply(GetQueueUrlResponse::queueUrl)
        .thenApply(url -> new SqsWorkerQueue(sqs, url, groups, bodies));
  }

  @Override
  public int groups() {
    return order.groups();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    return order.send(group, () -> sendNow(group, deduplicationId, message));
  }

  private CompletionStage<Void> sendNow(int group, String deduplicationId, byte[] message) {
    return bodies
        .write(message)
        .thenCompose(
            body ->
                sqs.sendMessage(
                    request ->
                        request
                            .queueUrl(url)
                            .messageGroupId("g" + group)
                            .messageDeduplicationId(deduplicationId)
                            .messageBody(body)))
        .thenAccept(sent -> {});
  }
}
