package io.faaskeeper.port;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Clock and scheduler of a test, which stand still until the test moves them. Tasks run on the
 * thread that calls {@link #advance}, in the order of their times, those of one time in the order
 * in which they were scheduled, and each sees its own time on the clock. What a task throws comes
 * out of {@link #advance}, so that no test overlooks it. Not thread-safe.
 */
public final class VirtualTime implements Clock, Scheduler {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task t) -> t.nanoTime).thenComparingLong(t -> t.order));
  private long nanoTime;
  private long scheduled;

  @Override
  public long nanoTime() {
    return nanoTime;
  }

  @Override
  public long currentTimeMillis() {
    return START_MILLIS + nanoTime / 1_000_000;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Task added = new Task(nanoTime + Math.max(0, delay.toNanos()), scheduled++, task);
    tasks.add(added);
    return () -> tasks.remove(added);
  }

  /** Moves time by {@code duration}, running what falls due on the way. */
  public void advance(Duration duration) {
    long end = nanoTime + duration.toNanos();
    for (Task next = tasks.peek(); next != null && next.nanoTime <= end; next = tasks.peek()) {
      tasks.remove();
      nanoTime = Math.max(nanoTime, next.nanoTime);
      next.task.run();
    }
    nanoTime = Math.max(nanoTime, end);
  }

  /** Runs what is due now. */
  public void runDue() {
    advance(Duration.ZERO);
  }

  /** Moves time to the next task and runs it; tells whether there was one. */
  public boolean step() {
    Task next = tasks.poll();
    if (next == null) {
      return false;
    }
    nanoTime = Math.max(nanoTime, next.nanoTime);
    next.task.run();
    return true;
  }

  /** How many tasks wait. */
  public int waiting() {
    return tasks.size();
  }

  /** Compared by identity. */
  private static final class Task {
    final long nanoTime;
    final long order;
    final Runnable task;

    Task(long nanoTime, long order, Runnable task) {
      this.nanoTime = nanoTime;
      this.order = order;
      this.task = task;
    }
  }
}
