package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.port.WorkerQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A worker queue that counts what is sent, and can be made to wait with it. Thread-safe. */
final class CountedQueue implements WorkerQueue {
  private final WorkerQueue queue;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicLong sentBytes = new AtomicLong();
  private final Progress arrived = new Progress();
  private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  CountedQueue(WorkerQueue queue) {
    this.queue = queue;
  }

  /** All sends since the beginning. */
  int sent() {
    return sent.get();
  }

  /** Of the messages of all sends since the beginning. */
  long sentBytes() {
    return sentBytes.get();
  }

  /** Waits until so many messages are in the queue, or were, all since the beginning together. */
  void awaitArrived(int messages) throws InterruptedException, TimeoutException {
    arrived.await(messages);
  }

  /** What is sent from now on is on its way until {@link #release}. */
  void hold() {
    open = new CompletableFuture<>();
  }

  void release() {
    open.complete(null);
  }

  @Override
  public int groups() {
    return queue.groups();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    sent.incrementAndGet();
    sentBytes.addAndGet(message.length);
    return open.thenCompose(now -> queue.send(group, deduplicationId, message))
        .thenRun(() -> arrived.add(1));
  }
}
