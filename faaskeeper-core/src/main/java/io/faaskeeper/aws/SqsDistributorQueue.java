package io.faaskeeper.aws;

import io.faaskeeper.port.DistributorQueue;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/**
 * The distributor's queue on an SQS FIFO queue: one group, so that one distributor runs at a time
 * and takes what came meanwhile together. Thread-safe.
 */
final class SqsDistributorQueue implements DistributorQueue {
  private final SqsAsyncClient sqs;
  private final String url;
  private final RandomGenerator random;

  private SqsDistributorQueue(SqsAsyncClient sqs, String url, RandomGenerator random) {
    this.sqs = sqs;
    this.url = url;
    this.random = random;
  }

  static CompletionStage<DistributorQueue> open(
      SqsAsyncClient sqs, String name, RandomGenerator random) {
    return sqs.getQueueUrl(request -> request.queueName(name))
        .thenApply(GetQueueUrlResponse::queueUrl)
        .thenApply(url -> new SqsDistributorQueue(sqs, url, random));
  }

  /** Each call wakes: that of somebody else for the same record may have come to nothing. */
  @Override
  public CompletionStage<Void> wake(long record) {
    return sqs.sendMessage(
            request ->
                request
                    .queueUrl(url)
                    .messageGroupId("d")
                    .messageDeduplicationId(record + "-" + Long.toHexString(random.nextLong()))
                    .messageBody(Long.toString(record)))
        .thenAccept(sent -> {});
  }
}
