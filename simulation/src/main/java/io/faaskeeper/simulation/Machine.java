package io.faaskeeper.simulation;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;

/**
 * Where something runs that makes calls: a function's sandbox, or a client process. It may die,
 * stand still, or be cut off, and has clocks of its own: the monotonic one begins anywhere and runs
 * a little too fast or too slow, the wall clock is wrong by minutes. Not thread-safe.
 */
final class Machine implements Clock, Scheduler {
  /**
   * How the clocks of a machine go.
   *
   * @param stops whether the monotonic one does not count what the machine stands still
   */
  record Clocks(double rate, long startNanos, long wrongMillis, boolean stops) {
    /** Those of the simulated world. */
    static final Clocks RIGHT = new Clocks(1, 0, 0, false);
  }

  final String name;
  final Profile risks;
  private final VirtualTime time;
  private final Clocks clocks;
  private final Runnable onDeath;
  private boolean dead;
  private boolean troubled;
  private long frozenUntil;
  private long stoodStillNanos;
  private long cutUntil;

  Machine(String name, Profile risks, VirtualTime time, Clocks clocks, Runnable onDeath) {
    this.name = name;
    this.risks = risks;
    this.time = time;
    this.clocks = clocks;
    this.onDeath = onDeath;
  }

  /** Nothing that it still has to do is done. */
  void die() {
    if (!dead) {
      dead = true;
      troubled = true;
      onDeath.run();
    }
  }

  boolean isDead() {
    return dead;
  }

  /** Whatever it does next, it does not before this has passed. */
  void freeze(Duration duration) {
    troubled = true;
    long until = Math.max(frozenUntil, time.nanoTime() + duration.toNanos());
    stoodStillNanos += until - Math.max(frozenUntil, time.nanoTime());
    frozenUntil = until;
  }

  Duration frozenFor() {
    return Duration.ofNanos(Math.max(0, frozenUntil - time.nanoTime()));
  }

  /** Does something, when it does not stand still; never if it is dead by then. */
  void awake(Runnable task) {
    if (dead) {
      return;
    }
    Duration frozen = frozenFor();
    if (frozen.isZero()) {
      task.run();
    } else {
      time.schedule(frozen, () -> awake(task));
    }
  }

  /** Its calls fail until this has passed. */
  void cut(Duration duration) {
    cutUntil = time.nanoTime() + duration.toNanos();
  }

  boolean isCut() {
    return time.nanoTime() < cutUntil;
  }

  /** One of its calls failed. */
  void failed() {
    troubled = true;
  }

  /** Whether it may have left something half done. */
  boolean isTroubled() {
    return troubled;
  }

  /** A deadline of this machine, as the world's clock shows it. */
  Deadline toWorld(Deadline deadline) {
    return deadline.equals(Deadline.NONE)
        ? deadline
        : new Deadline((long) ((deadline.nanoTime() - clocks.startNanos) / clocks.rate));
  }

  @Override
  public long nanoTime() {
    long stopped = clocks.stops ? stoodStillNanos : 0;
    return clocks.startNanos + (long) ((time.nanoTime() - stopped) * clocks.rate);
  }

  @Override
  public long currentTimeMillis() {
    return time.currentTimeMillis() + clocks.wrongMillis;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    boolean[] cancelled = {false};
    Cancellable timer =
        time.schedule(
            Duration.ofNanos((long) Math.ceil(delay.toNanos() / clocks.rate)),
            () ->
                awake(
                    () -> {
                      if (!cancelled[0]) {
                        task.run();
                      }
                    }));
    return () -> {
      cancelled[0] = true;
      timer.cancel();
    };
  }
}
