package io.faaskeeper.host.source;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A queue of SQS. */
final class SqsQueue implements MessageQueue {
  /** The longest that SQS allows, and Lambda uses. */
  private static final int WAIT_SECONDS = 20;

  /** The client's own limits may be shorter than the wait. */
  private static final Duration LIMIT = Duration.ofSeconds(WAIT_SECONDS + 10);

  private final SqsAsyncClient sqs;
  private final String url;

  SqsQueue(SqsAsyncClient sqs, String url) {
    this.sqs = sqs;
    this.url = url;
  }

  @Override
  public CompletionStage<List<QueueMessage>> receive(int max) {
    return sqs.receiveMessage(
            request ->
                request
                    .queueUrl(url)
                    .maxNumberOfMessages(max)
                    .waitTimeSeconds(WAIT_SECONDS)
                    .overrideConfiguration(
                        call -> call.apiCallTimeout(LIMIT).apiCallAttemptTimeout(LIMIT))
                    .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .thenApply(response -> response.messages().stream().map(SqsQueue::message).toList());
  }

  @Override
  public CompletionStage<Void> delete(List<String> receiptHandles) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, receiptHandles.size())
            .mapToObj(
                i ->
                    DeleteMessageBatchRequestEntry.builder()
                        .id(String.valueOf(i))
                        .receiptHandle(receiptHandles.get(i))
                        .build())
            .toList();
    return sqs.deleteMessageBatch(request -> request.queueUrl(url).entries(entries))
        .thenAccept(SqsQueue::check);
  }

  private static void check(DeleteMessageBatchResponse response) {
    if (response.hasFailed()) {
      throw new IllegalStateException("messages that were not deleted: " + response.failed());
    }
  }

  private static QueueMessage message(Message message) {
    return new QueueMessage(
        message.messageId(),
        message.receiptHandle(),
        message.body(),
        message.md5OfBody(),
        message.attributesAsStrings());
  }
}
