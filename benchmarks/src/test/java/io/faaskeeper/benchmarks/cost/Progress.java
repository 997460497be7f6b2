package io.faaskeeper.benchmarks.cost;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How far something is that is counted: messages, events. Thread-safe. */
final class Progress {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private int done;

  synchronized void add(int more) {
    done += more;
    notifyAll();
  }

  synchronized boolean isAt(int count) {
    return done == count;
  }

  /** Waits until it has come so far, all since the beginning together. */
  synchronized void await(int count) throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (done < count) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException("%d of %d".formatted(done, count));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
