package io.faaskeeper.memory;

import io.faaskeeper.port.Clock;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What storage forgets by itself, some fixed time after it was last written. There is no thread for
 * it: each change takes away a few of the items that are due, more than it can add. Thread-safe.
 */
final class Retention {
  private static final int ITEMS_PER_CHANGE = 4;

  private final Clock clock;
  private final long nanos;
  private final ConcurrentLinkedQueue<Due> queue = new ConcurrentLinkedQueue<>();

  Retention(Clock clock, Duration retention) {
    this.clock = clock;
    this.nanos = retention.toNanos();
  }

  /** Runs {@code forget} once, not before the time has passed. */
  void later(Runnable forget) {
    queue.add(new Due(clock.nanoTime() + nanos, forget));
  }

  /** Forgets a few of the items that are due. */
  void sweep() {
    for (int i = 0; i < ITEMS_PER_CHANGE; i++) {
      Due first = queue.peek();
      if (first == null || first.nanoTime - clock.nanoTime() > 0) {
        return;
      }
      if (queue.remove(first)) {
        first.forget.run();
      }
    }
  }

  /** Compared by identity: of two threads that see the same first item, one removes it. */
  private static final class Due {
    final long nanoTime;
    final Runnable forget;

    Due(long nanoTime, Runnable forget) {
      this.nanoTime = nanoTime;
      this.forget = forget;
    }
  }
}
