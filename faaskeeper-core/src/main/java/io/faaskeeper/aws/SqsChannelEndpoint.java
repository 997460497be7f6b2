package io.faaskeeper.aws;

import io.faaskeeper.model.MalformedDataException;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.CreateQueueResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * A queue of SQS for each process: made when the process is opened, removed when it ends in order,
 * and else by whoever removes the process. It is no FIFO queue: pushes may overtake each other. A
 * message is deleted when it was handed over, so it may come twice. What nobody fetches within a
 * minute is gone: its sender has no use for a queue that fills. Thread-safe.
 */
final class SqsChannelEndpoint implements ChannelEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(SqsChannelEndpoint.class);

  /** SQS's shortest. */
  private static final String RETENTION_SECONDS = "60";

  /** SQS's longest. */
  private static final int WAIT_SECONDS = 20;

  private static final int MAX_MESSAGES = 10;

  /** The client's own limits may be shorter than the wait. */
  private static final Duration RECEIVE = Duration.ofSeconds(WAIT_SECONDS + 10);

  private static final Duration PAUSE_AFTER_ERROR = Duration.ofMillis(500);
  private static final int CLOSE_MAX_MILLIS = 1_000;

  private final SqsAsyncClient sqs;
  private final ChannelQueues queues;
  private final Scheduler scheduler;
  private final PushAssembly assembly = new PushAssembly();
  private volatile Consumer<byte[]> receiver = message -> {};
  private volatile boolean closed;

  /** The processes that are open. Guarded by itself, as are the removals. */
  private final Map<String, Reader> readers = new HashMap<>();

  private final List<CompletableFuture<?>> removals = new ArrayList<>();

  /**
   * Calls nobody yet.
   *
   * @param scheduler for a pause after an error
   */
  SqsChannelEndpoint(SqsAsyncClient sqs, AwsDeploymentNames names, Scheduler scheduler) {
    this.sqs = sqs;
    this.queues = new ChannelQueues(names);
    this.scheduler = scheduler;
  }

  @Override
  public String address(String process) {
    return ChannelQueues.address(process);
  }

  /**
   * Of a queue that has just been made, AWS may need a second until it takes messages; who waits
   * for the answer that was lost then asks again.
   */
  @Override
  public CompletionStage<Void> open(String process) {
    return sqs.createQueue(
            request ->
                request
                    .queueName(queues.queue(process))
                    .attributes(
                        Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, RETENTION_SECONDS)))
        .thenApply(CreateQueueResponse::queueUrl)
        .thenAccept(url -> read(process, url));
  }

  private void read(String process, String url) {
    Reader reader;
    synchronized (readers) {
      if (closed || readers.containsKey(process)) {
        return;
      }
      reader = new Reader(url);
      readers.put(process, reader);
    }
    reader.poll();
  }

  @Override
  public void end(String process) {
    synchronized (readers) {
      Reader reader = readers.remove(process);
      if (reader != null) {
        reader.stop();
        removals.removeIf(CompletableFuture::isDone);
        removals.add(sqs.deleteQueue(request -> request.queueUrl(reader.url)));
      }
    }
  }

  @Override
  public void receive(Consumer<byte[]> newReceiver) {
    receiver = newReceiver;
  }

  @Override
  public void close() {
    CompletableFuture<?>[] left;
    synchronized (readers) {
      closed = true;
      readers.values().forEach(Reader::stop);
      readers.clear();
      left = removals.toArray(CompletableFuture<?>[]::new);
    }
    try {
      CompletableFuture.allOf(left).get(CLOSE_MAX_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("a queue is left to whoever removes its process", e);
    }
  }

  /** Receives from one queue, again and again. */
  private final class Reader {
    private final String url;
    private volatile boolean stopped;
    private volatile @Nullable CompletableFuture<?> waiting;

    Reader(String url) {
      this.url = url;
    }

    void stop() {
      stopped = true;
      CompletableFuture<?> call = waiting;
      if (call != null) {
        call.cancel(true);
      }
    }

    void poll() {
      if (stopped) {
        return;
      }
      CompletableFuture<ReceiveMessageResponse> call =
          sqs.receiveMessage(
              request ->
                  request
                      .queueUrl(url)
                      .maxNumberOfMessages(MAX_MESSAGES)
                      .waitTimeSeconds(WAIT_SECONDS)
                      .overrideConfiguration(
                          o -> o.apiCallTimeout(RECEIVE).apiCallAttemptTimeout(RECEIVE)));
      waiting = call;
      var unused =
          call.thenAccept(response -> take(response.messages()))
              .whenComplete((done, failure) -> next(failure));
    }

    private void next(@Nullable Throwable failure) {
      if (failure == null) {
        poll();
      } else if (!stopped && !SqsClientChannel.isGone(failure)) {
        LOG.warn("The client channel rests after an error: {}", failure.toString());
        scheduler.schedule(PAUSE_AFTER_ERROR, this::poll);
      } else if (!stopped) {
        LOG.warn("The client channel's queue is gone: the process was taken for dead");
      }
    }

    private void take(List<Message> messages) {
      if (messages.isEmpty() || stopped) {
        return;
      }
      messages.forEach(message -> deliver(message.body()));
      delete(messages);
    }

    /** What stays comes again, and is taken for a push that is doubled. */
    private void delete(List<Message> messages) {
      var unused =
          sqs.deleteMessageBatch(
                  request ->
                      request
                          .queueUrl(url)
                          .entries(
                              IntStream.range(0, messages.size())
                                  .mapToObj(
                                      i ->
                                          DeleteMessageBatchRequestEntry.builder()
                                              .id(String.valueOf(i))
                                              .receiptHandle(messages.get(i).receiptHandle())
                                              .build())
                                  .toList()))
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      LOG.debug("Pushes could not be deleted", failure);
                    }
                  });
    }
  }

  private void deliver(String text) {
    try {
      assembly.add(PushBodies.read(text)).ifPresent(receiver);
    } catch (MalformedDataException e) {
      LOG.warn("a message on the client channel is no push: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("The receiver of a push failed", e);
    }
  }
}
