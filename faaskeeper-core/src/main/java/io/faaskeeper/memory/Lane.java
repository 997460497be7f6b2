package io.faaskeeper.memory;

import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that are worked on in order, one batch at a time. There is no thread: who adds to an
 * idle lane works on it until it is empty, and who adds to a busy one leaves that to the other. So
 * nobody waits, a consumer that adds to its own lane does not recurse, and load makes batches. A
 * thread that has done a long turn hands what is left to the scheduler. The lock guards the state
 * alone; the consumer is called outside of it.
 *
 * <table>
 * <caption>What a lane does</caption>
 * <tr><td>idle</td><td>nothing waits</td></tr>
 * <tr><td>busy</td><td>a thread drains it, or the consumer's stage will</td></tr>
 * <tr><td>busy, delayed</td><td>a failed batch waits for its next delivery</td></tr>
 * </table>
 */
final class Lane<T> {
  static final Duration REDELIVERY_DELAY = Duration.ofMillis(100);
  static final int MAX_DELIVERIES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
  private static final int BATCHES_PER_TURN = 100;

  private final String name;
  private final int maxBatch;
  private final Function<List<T>, CompletionStage<BitSet>> consumer;
  private final Scheduler scheduler;
  private final ArrayDeque<T> waiting = new ArrayDeque<>();
  private boolean busy;

  /** How often the first message that waits was delivered in vain. */
  private int failures;

  Lane(
      String name,
      int maxBatch,
      Function<List<T>, CompletionStage<BitSet>> consumer,
      Scheduler scheduler) {
    this.name = name;
    this.maxBatch = maxBatch;
    this.consumer = consumer;
    this.scheduler = scheduler;
  }

  void add(T message) {
    synchronized (this) {
      waiting.add(message);
      if (busy) {
        return;
      }
      busy = true;
    }
    drain();
  }

  /** Works until the lane is idle, or something else will call this again. */
  private void drain() {
    for (int i = 0; i < BATCHES_PER_TURN; i++) {
      List<T> batch = next();
      if (batch == null) {
        return;
      }
      CompletionStage<Integer> done = deliver(batch);
      CompletableFuture<Integer> result = done.toCompletableFuture();
      if (!result.isDone()) {
        done.thenAccept(
            failed -> {
              if (settle(batch, failed)) {
                drain();
              }
            });
        return;
      }
      if (!settle(batch, result.join())) {
        return;
      }
    }
    scheduler.schedule(Duration.ZERO, this::drain);
  }

  private synchronized @Nullable List<T> next() {
    if (waiting.isEmpty()) {
      busy = false;
      return null;
    }
    List<T> batch = new ArrayList<>(Math.min(maxBatch, waiting.size()));
    while (batch.size() < maxBatch && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** Where the first failed message of the batch is; the batch's size if none failed. */
  private CompletionStage<Integer> deliver(List<T> batch) {
    CompletionStage<BitSet> failed;
    try {
      failed = consumer.apply(batch);
    } catch (RuntimeException e) {
      failed = CompletableFuture.failedFuture(e);
    }
    return failed.handle(
        (places, error) -> {
          if (error != null) {
            LOG.warn("{}: a batch of {} failed", name, batch.size(), error);
            return 0;
          }
          int first = places.nextSetBit(0);
          return first < 0 ? batch.size() : first;
        });
  }

  /** Puts back what failed; tells whether the lane goes on at once. */
  private boolean settle(List<T> batch, int failed) {
    if (failed == batch.size()) {
      failures = 0;
      return true;
    }
    failures = failed == 0 ? failures + 1 : 1;
    int from = failed;
    if (failures == MAX_DELIVERIES) {
      LOG.error("{}: a message is dropped after {} deliveries", name, MAX_DELIVERIES);
      failures = 0;
      from++;
    }
    synchronized (this) {
      for (int i = batch.size() - 1; i >= from; i--) {
        waiting.addFirst(batch.get(i));
      }
    }
    scheduler.schedule(REDELIVERY_DELAY, this::drain);
    return false;
  }
}
