package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The time of a client process, which stands still until the test moves it: no renewal and no
 * repetition adds itself to what is counted. Thread-safe; tasks run on the thread that calls {@link
 * #advance}.
 */
final class HeldTime implements Clock, Scheduler {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::nanoTime).thenComparingLong(Task::number));
  private long nanoTime;
  private long scheduled;

  @Override
  public synchronized long nanoTime() {
    return nanoTime;
  }

  @Override
  public synchronized long currentTimeMillis() {
    return START_MILLIS + nanoTime / 1_000_000;
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable action) {
    Task task = new Task(nanoTime + Math.max(0, delay.toNanos()), scheduled++, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Moves the time, running what falls due on the way. */
  void advance(Duration duration) {
    long end = nanoTime() + duration.toNanos();
    for (Optional<Task> due = take(end); due.isPresent(); due = take(end)) {
      due.get().action().run();
    }
  }

  private synchronized Optional<Task> take(long end) {
    Task next = tasks.peek();
    if (next == null || next.nanoTime() > end) {
      nanoTime = Math.max(nanoTime, end);
      return Optional.empty();
    }
    tasks.remove();
    nanoTime = Math.max(nanoTime, next.nanoTime());
    return Optional.of(next);
  }

  private record Task(long nanoTime, long number, Runnable action) {}
}
