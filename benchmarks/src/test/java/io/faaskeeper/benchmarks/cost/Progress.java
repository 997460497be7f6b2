package io.faaskeeper.benchmarks.cost;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How many messages the functions are done with. Thread-safe. */
final class Progress {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private int done;

  synchronized void add(int messages) {
    done += messages;
    notifyAll();
  }

  /** Waits until so many are done, all since the beginning together. */
  synchronized void await(int messages) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (done < messages) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException("%d of %d messages are done".formatted(done, messages));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
