package io.faaskeeper.simulation;

import io.faaskeeper.port.VirtualTime;
import java.time.Duration;

/**
 * Where something runs that makes calls: a function's sandbox, or a client process. It may die,
 * stand still, or be cut off. Not thread-safe.
 */
final class Machine {
  /** How often something happens at a call of this machine. */
  record Risks(double failures, double slow, double crashes, double freezes) {
    static final Risks NONE = new Risks(0, 0, 0, 0);
  }

  final String name;
  final Risks risks;
  private final VirtualTime time;
  private final Runnable onDeath;
  private boolean dead;
  private long frozenUntil;
  private long cutUntil;

  Machine(String name, Risks risks, VirtualTime time, Runnable onDeath) {
    this.name = name;
    this.risks = risks;
    this.time = time;
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
}
