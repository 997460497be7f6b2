package io.faaskeeper.aws;

import io.faaskeeper.port.WorkerQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;

/**
 * The worker queue on an SQS FIFO queue. A group's sends go out one after the other, for two that
 * are under way at once may swap. Thread-safe.
 */
final class SqsWorkerQueue implements WorkerQueue {
  private final SqsAsyncClient sqs;
  private final String url;
  private final MessageBodies bodies;

  /** By group, the last send: it completes normally, whatever became of it. */
  private final List<CompletionStage<Void>> last;

  private SqsWorkerQueue(SqsAsyncClient sqs, String url, int groups, MessageBodies bodies) {
    this.sqs = sqs;
    this.url = url;
    this.bodies = bodies;
    this.last =
        new ArrayList<>(Collections.nCopies(groups, CompletableFuture.completedStage(null)));
  }

  static CompletionStage<WorkerQueue> open(
      SqsAsyncClient sqs, String name, int groups, MessageBodies bodies) {
    return sqs.getQueueUrl(request -> request.queueName(name))
        .thenApply(GetQueueUrlResponse::queueUrl)
        .thenApply(url -> new SqsWorkerQueue(sqs, url, groups, bodies));
  }

  @Override
  public int groups() {
    return last.size();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    synchronized (last) {
      CompletionStage<Void> sent =
          last.get(group).thenCompose(done -> sendNow(group, deduplicationId, message));
      last.set(group, sent.exceptionally(failure -> null));
      return sent;
    }
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
