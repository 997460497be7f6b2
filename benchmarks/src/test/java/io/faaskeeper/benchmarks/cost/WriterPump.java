package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.MessageBodies;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.service.Writer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Brings the worker queue's batches to one writer, as an event source does: at most ten messages,
 * one batch after the other, those that did not fail deleted. On a thread of its own.
 */
final class WriterPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriterPump.class);
  private static final int MAX_BATCH = 10;
  private static final int LONG_POLL_SECONDS = 1;
  private static final Duration BATCH_TIME = Duration.ofSeconds(60);

  private final SqsAsyncClient sqs;
  private final String queueUrl;
  private final MessageBodies bodies;
  private final Writer writer;
  private final Progress progress;
  private final Semaphore turn = new Semaphore(1, true);
  private final Thread thread = new Thread(this::run, "writer-pump");
  private volatile boolean closed;

  WriterPump(
      SqsAsyncClient sqs, String queueUrl, MessageBodies bodies, Writer writer, Progress progress) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.bodies = bodies;
    this.writer = writer;
    this.progress = progress;
  }

  void start() {
    thread.start();
  }

  /** What is sent from now on waits in the queue. */
  void hold() throws InterruptedException {
    turn.acquire();
  }

  void release() {
    turn.release();
  }

  private void run() {
    while (!closed) {
      turn.acquireUninterruptibly();
      try {
        List<Message> batch = receive();
        if (!batch.isEmpty()) {
          work(batch);
        }
      } catch (RuntimeException e) {
        LOG.error("a batch failed", e);
      } finally {
        turn.release();
      }
    }
  }

  private List<Message> receive() {
    return await(
            sqs.receiveMessage(
                request ->
                    request
                        .queueUrl(queueUrl)
                        .maxNumberOfMessages(MAX_BATCH)
                        .waitTimeSeconds(LONG_POLL_SECONDS)))
        .messages();
  }

  private void work(List<Message> batch) {
    List<byte[]> messages = batch.stream().map(m -> await(bodies.read(m.body()))).toList();
    Deadline deadline = new Deadline(Clock.SYSTEM.nanoTime() + BATCH_TIME.toNanos());
    BitSet again = await(writer.process(messages, deadline));
    if (!again.isEmpty()) {
      throw new IllegalStateException("messages " + again + " are to come again");
    }
    var unused =
        await(
            sqs.deleteMessageBatch(request -> request.queueUrl(queueUrl).entries(entries(batch))));
    progress.add(batch.size());
  }

  private static List<DeleteMessageBatchRequestEntry> entries(List<Message> batch) {
    return batch.stream()
        .map(
            message ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(message.messageId())
                    .receiptHandle(message.receiptHandle())
                    .build())
        .toList();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
