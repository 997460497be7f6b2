package io.faaskeeper.port;

import java.time.Duration;

/** Runs something later, on some thread, at most once. */
public interface Scheduler {
  /** Runs {@code task} not before {@code delay} has passed. What the task throws is logged. */
  Cancellable schedule(Duration delay, Runnable task);

  /** A task that was scheduled. */
  interface Cancellable {
    /** Makes it not run, if it has not begun. Never blocks. */
    void cancel();
  }
}
