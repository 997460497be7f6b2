package io.faaskeeper.zookeeper.testing;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clock that can stand still, and a scheduler by it: what is due while it stands runs when it
 * goes on. The wall clock goes on meanwhile. Thread-safe.
 */
final class PausableTime implements Clock, Scheduler {
  private final Clock clock;
  private final Scheduler scheduler;

  /** All guarded by this. */
  private final List<Task> held = new ArrayList<>();

  private boolean paused;
  private long pausedAt;
  private long missed;

  PausableTime(Clock clock, Scheduler scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** Makes time stand still. */
  synchronized void pause() {
    if (!paused) {
      pausedAt = nanoTime();
      paused = true;
    }
  }

  /** Makes time go on. */
  void resume() {
    List<Task> due;
    synchronized (this) {
      if (!paused) {
        return;
      }
      paused = false;
      missed = clock.nanoTime() - pausedAt;
      due = List.copyOf(held);
      held.clear();
    }
    due.forEach(this::arm);
  }

  @Override
  public synchronized long nanoTime() {
    return paused ? pausedAt : clock.nanoTime() - missed;
  }

  @Override
  public long currentTimeMillis() {
    return clock.currentTimeMillis();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    Task scheduled = new Task(nanoTime() + delay.toNanos(), task);
    arm(scheduled);
    return () -> cancel(scheduled);
  }

  private synchronized void arm(Task task) {
    if (task.cancelled) {
      return;
    }
    if (paused) {
      held.add(task);
    } else {
      Duration left = Duration.ofNanos(Math.max(0, task.due - nanoTime()));
      task.timer = scheduler.schedule(left, () -> fire(task));
    }
  }

  private void fire(Task task) {
    synchronized (this) {
      if (task.cancelled) {
        return;
      }
      if (paused || task.due - nanoTime() > 0) {
        arm(task);
        return;
      }
    }
    task.work.run();
  }

  private synchronized void cancel(Task task) {
    task.cancelled = true;
    held.remove(task);
    Cancellable timer = task.timer;
    if (timer != null) {
      timer.cancel();
    }
  }

  /** Compared by identity. */
  private static final class Task {
    final long due;
    final Runnable work;
    @Nullable Cancellable timer;
    boolean cancelled;

    Task(long due, Runnable work) {
      this.due = due;
      this.work = work;
    }
  }
}
