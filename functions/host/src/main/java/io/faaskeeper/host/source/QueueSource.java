package io.faaskeeper.host.source;

import io.faaskeeper.host.lambda.InvocationResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * Lambda's event source mapping for a FIFO queue: pollers that each receive at most ten messages,
 * invoke the function with them, delete those that did not fail, and receive again. What failed is
 * left to the queue: the queue delivers it again, and nothing else of its group before that. So
 * there are as many groups in work as pollers, and within a group there is order.
 */
public final class QueueSource implements AutoCloseable {
  /** Lambda's limit for FIFO queues. */
  static final int MAX_BATCH = 10;

  private static final Logger LOG = LoggerFactory.getLogger(QueueSource.class);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);

  private final MessageQueue queue;
  private final Function<List<QueueMessage>, byte[]> event;
  private final Function<byte[], CompletionStage<InvocationResult>> invoke;
  private final ScheduledExecutorService timers;
  private volatile boolean closed;

  QueueSource(
      MessageQueue queue,
      Function<List<QueueMessage>, byte[]> event,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      ScheduledExecutorService timers) {
    this.queue = queue;
    this.event = event;
    this.invoke = invoke;
    this.timers = timers;
  }

  /**
   * Begins to read a queue.
   *
   * @param invoke calls the function; to have at least so many instances as there are pollers
   * @param pollers how many batches may be in work at a time
   * @param timers not owned
   */
  public static QueueSource start(
      SqsAsyncClient sqs,
      String queueUrl,
      String queueArn,
      String region,
      Function<byte[], CompletionStage<InvocationResult>> invoke,
      int pollers,
      ScheduledExecutorService timers) {
    QueueSource source =
        new QueueSource(
            new SqsQueue(sqs, queueUrl),
            messages -> QueueEvent.of(messages, queueArn, region),
            invoke,
            timers);
    source.start(pollers);
    return source;
  }

  void start(int pollers) {
    for (int i = 0; i < pollers; i++) {
      poll();
    }
  }

  /** Receives no more; batches in work come to their end, if the function does. */
  @Override
  public void close() {
    closed = true;
  }

  private void poll() {
    if (closed) {
      return;
    }
    queue
        .receive(MAX_BATCH)
        .thenCompose(this::work)
        .whenComplete(
            (done, error) -> {
              if (error == null) {
                poll();
              } else if (!closed) {
                LOG.warn("A poller rests after an error: {}", error.toString());
                var unused =
                    timers.schedule(
                        this::poll, PAUSE_AFTER_ERROR.toMillis(), TimeUnit.MILLISECONDS);
              }
            });
  }

  private CompletionStage<Void> work(List<QueueMessage> messages) {
    if (messages.isEmpty() || closed) {
      return CompletableFuture.completedStage(null);
    }
    return invoke
        .apply(event.apply(messages))
        .thenCompose(result -> deleteOthers(messages, failed(messages, result)));
  }

  private static Set<String> failed(List<QueueMessage> messages, InvocationResult result) {
    Set<String> batch = messages.stream().map(QueueMessage::id).collect(Collectors.toSet());
    if (result instanceof InvocationResult.Returned returned) {
      return BatchResponse.failed(returned.payload(), batch);
    }
    LOG.warn("A batch of {} messages failed: {}", batch.size(), result.getClass().getSimpleName());
    return batch;
  }

  private CompletionStage<Void> deleteOthers(List<QueueMessage> messages, Set<String> failed) {
    List<String> done =
        messages.stream()
            .filter(message -> !failed.contains(message.id()))
            .map(QueueMessage::receiptHandle)
            .toList();
    return done.isEmpty() ? CompletableFuture.completedStage(null) : queue.delete(done);
  }
}
