package io.faaskeeper.emulators;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.MessageBodies;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.WorkerQueueContract;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Delivers a queue's messages as Lambda's event source does: at most ten at a time, no more of a
 * group while some of it are under way, what failed again at once. It ends with the emulator.
 */
final class EventSource {
  private final SqsAsyncClient sqs = Local.CLIENTS.sqs();
  private final Function<String, CompletionStage<byte[]>> bodies;
  private final WorkerQueueContract.Consumer consumer;
  private final String url;

  private EventSource(
      String queue,
      Function<String, CompletionStage<byte[]>> bodies,
      WorkerQueueContract.Consumer consumer) {
    this.bodies = bodies;
    this.consumer = consumer;
    this.url =
        Stages.await(
            sqs.getQueueUrl(request -> request.queueName(queue))
                .thenApply(GetQueueUrlResponse::queueUrl));
  }

  static void ofWorkers(AwsDeploymentNames names, WorkerQueueContract.Consumer consumer) {
    MessageBodies bodies = Local.ports(names).messageBodies();
    new EventSource(names.workerQueue(), bodies::read, consumer).start();
  }

  /** A distributor's messages say nothing. */
  static void ofDistributor(AwsDeploymentNames names, Runnable distributor) {
    new EventSource(
            names.distributorQueue(),
            body -> CompletableFuture.completedStage(new byte[0]),
            none -> done(distributor))
        .start();
  }

  private static CompletionStage<BitSet> done(Runnable task) {
    task.run();
    return CompletableFuture.completedStage(new BitSet());
  }

  private void start() {
    Local.daemon(
            () -> {
              while (true) {
                deliver(Stages.await(receive()).messages());
              }
            })
        .start();
  }

  private CompletionStage<ReceiveMessageResponse> receive() {
    return sqs.receiveMessage(
        request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(5));
  }

  private void deliver(List<Message> messages) {
    if (messages.isEmpty()) {
      return;
    }
    List<CompletableFuture<byte[]>> read =
        messages.stream().map(m -> bodies.apply(m.body()).toCompletableFuture()).toList();
    CompletionStage<Void> unused =
        CompletableFuture.allOf(read.toArray(CompletableFuture<?>[]::new))
            .thenCompose(
                done -> consumer.process(read.stream().map(CompletableFuture::join).toList()))
            .exceptionally(failure -> all(messages.size()))
            .thenCompose(failed -> settle(messages, failed));
  }

  private static BitSet all(int count) {
    BitSet all = new BitSet();
    all.set(0, count);
    return all;
  }

  /** One after the other, so that a group's messages come again in their order. */
  private CompletionStage<Void> settle(List<Message> messages, BitSet failed) {
    CompletionStage<Void> settled = CompletableFuture.completedStage(null);
    for (int i = 0; i < messages.size(); i++) {
      String receipt = messages.get(i).receiptHandle();
      boolean again = failed.get(i);
      settled = settled.thenCompose(done -> again ? release(receipt) : delete(receipt));
    }
    return settled;
  }

  private CompletionStage<Void> release(String receipt) {
    return sqs.changeMessageVisibility(
            request -> request.queueUrl(url).receiptHandle(receipt).visibilityTimeout(0))
        .thenAccept(done -> {});
  }

  private CompletionStage<Void> delete(String receipt) {
    return sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(receipt))
        .thenAccept(done -> {});
  }
}
