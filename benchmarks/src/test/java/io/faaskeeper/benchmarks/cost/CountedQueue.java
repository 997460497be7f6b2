package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.port.WorkerQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker queue that counts what is sent. Thread-safe. */
final class CountedQueue implements WorkerQueue {
  private final WorkerQueue queue;
  private final AtomicInteger sent = new AtomicInteger();

  CountedQueue(WorkerQueue queue) {
    this.queue = queue;
  }

  /** All sends since the beginning. */
  int sent() {
    return sent.get();
  }

  @Override
  public int groups() {
    return queue.groups();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    sent.incrementAndGet();
    return queue.send(group, deduplicationId, message);
  }
}
