package io.faaskeeper.host.lambda;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One process of a function: it polls, works, and polls again. It takes at most one invocation,
 * which may be given to it before it polls.
 *
 * <table>
 *   <caption>Its states, and what changes them</caption>
 *   <tr><th>state</th><th>event</th><th>then</th></tr>
 *   <tr><td>free</td><td>{@link #assign}</td><td>assigned</td></tr>
 *   <tr><td>assigned, and it polls</td><td>{@link #begin}</td><td>working</td></tr>
 *   <tr><td>working</td><td>{@link #finish}</td><td>free</td></tr>
 *   <tr><td>any</td><td>{@link #die}</td><td>dead, for ever</td></tr>
 * </table>
 *
 * <p>Not thread-safe: its pool alone touches it, holding the pool's lock.
 */
final class Instance {
  private final String name;
  private final Process process;
  private @Nullable Poll poll;
  private @Nullable Invocation invocation;
  private @Nullable Future<?> timer;
  private byte @Nullable [] causeOfDeath;
  private boolean polledOnce;
  private boolean dead;
  private long lastUse;

  Instance(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  String name() {
    return name;
  }

  Process process() {
    return process;
  }

  boolean isFree() {
    return !dead && invocation == null;
  }

  boolean isWarm() {
    return polledOnce;
  }

  long lastUse() {
    return lastUse;
  }

  InstanceStatus status() {
    return new InstanceStatus(name, process.pid(), polledOnce, invocation != null);
  }

  void assign(Invocation next, long use) {
    invocation = next;
    lastUse = use;
  }

  void polled(Poll waiting) {
    poll = waiting;
    polledOnce = true;
    stopTimer();
  }

  /** The poll that the assigned invocation can be given to now, which ends the wait. */
  @Nullable Poll begin() {
    if (invocation == null) {
      return null;
    }
    Poll waiting = poll;
    poll = null;
    return waiting;
  }

  @Nullable Invocation current() {
    return invocation;
  }

  boolean isWorkingOn(String requestId) {
    return invocation != null && invocation.requestId().equals(requestId);
  }

  /** Starts the time of what it does now: it stops at the next poll, result, or the end. */
  void limit(Future<?> timeout) {
    timer = timeout;
  }

  /** The invocation with this id, if it is the one that it works on: it has none after that. */
  @Nullable Invocation finish(String requestId) {
    return isWorkingOn(requestId) ? release() : null;
  }

  /** What its invocation shall fail with when the process has ended, unless that is known. */
  void condemn(byte[] cause) {
    if (causeOfDeath == null) {
      causeOfDeath = cause;
    }
  }

  byte @Nullable [] causeOfDeath() {
    return causeOfDeath;
  }

  /** Takes note of the process's end; the invocation that it leaves. */
  @Nullable Invocation die() {
    dead = true;
    poll = null;
    return release();
  }

  private @Nullable Invocation release() {
    Invocation released = invocation;
    invocation = null;
    stopTimer();
    return released;
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
