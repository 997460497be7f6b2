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
  /** How the clocks of a machine go. */
  record Clocks(double rate, long startNanos, long wrongMillis) {
    /** Those of the simulated world. */
    static final Clocks RIGHT = new Clocks(1, 0, 0);
  }

  final String name;
  final Profile risks;
  private final VirtualTime time;
  private final Clocks clocks;
  private final Runnable onDeath;
  private boolean dead;
  private long frozenUntil;
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
      onDeath.run();
    }
  }

  boolean isDead() {
    return dead;
  }

  /** Whatever it does next, it does not before this has passed. */
  void freeze(Duration duration) {
    frozenUntil = time.nanoTime() + duration.toNanos();
  }

  Duration frozenFor() {
    return Duration.ofNanos(Math.max(0, frozenUntil - time.nanoTime()));
  }

  /** Its calls fail until this has passed. */
  void cut(Duration duration) {
    cutUntil = time.nanoTime() + duration.toNanos();
  }

  boolean isCut() {
    return time.nanoTime() < cutUntil;
  }

  /** A deadline of this machine, as the world's clock shows it. */
  Deadline toWorld(Deadline deadline) {
    return deadline.equals(Deadline.NONE)
        ? deadline
        : new Deadline((long) ((deadline.nanoTime() - clocks.startNanos) / clocks.rate));
  }

  @Override
  public long nanoTime() {
    return clocks.startNanos + (long) (time.nanoTime() * clocks.rate);
  }

  @Override
  public long currentTimeMillis() {
    return time.currentTimeMillis() + clocks.wrongMillis;
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return time.schedule(Duration.ofNanos((long) Math.ceil(delay.toNanos() / clocks.rate)), task);
  }
}
