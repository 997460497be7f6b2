package io.faaskeeper.client;

import io.faaskeeper.port.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that this process holds, and the watch for those that fall silent. To be used in
 * tasks of the run queue.
 */
final class SessionTable {
  private final RunQueue queue;
  private final Consumer<HeldSession> silent;
  private final Map<Long, HeldSession> sessions = new HashMap<>();
  private Scheduler.@Nullable Cancellable timer;
  private long timerNanos;

  /**
   * @param silent gets a session that was not heard from for its timeout; it is no longer here
   */
  SessionTable(RunQueue queue, Consumer<HeldSession> silent) {
    this.queue = queue;
    this.silent = silent;
  }

  @Nullable HeldSession get(long id) {
    return sessions.get(id);
  }

  /** Puts a session in place of the one with its id, which it returns. */
  @Nullable HeldSession put(HeldSession session) {
    HeldSession before = sessions.put(session.id, session);
    ensureTimer(session.dueNanos());
    return before;
  }

  /** This session is no longer held. */
  void remove(HeldSession session) {
    sessions.remove(session.id, session);
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /** The shortest timeout, or {@code Integer.MAX_VALUE}. */
  int shortestTimeoutMillis() {
    int shortest = Integer.MAX_VALUE;
    for (HeldSession session : sessions.values()) {
      shortest = Math.min(shortest, session.timeoutMillis);
    }
    return shortest;
  }

  /** All, at this moment. */
  Collection<HeldSession> all() {
    return new ArrayList<>(sessions.values());
  }

  /** Those that are connected, at this moment. */
  List<SessionConnection> connections() {
    List<SessionConnection> connections = new ArrayList<>(sessions.size());
    for (HeldSession session : sessions.values()) {
      if (session.connection != null) {
        connections.add(session.connection);
      }
    }
    return connections;
  }

  /** Whether any of them watches something, or is about to. */
  boolean anyWatching() {
    for (SessionConnection connection : connections()) {
      if (connection.watches().anyOrArming()) {
        return true;
      }
    }
    return false;
  }

  /** The lowest view of those, or {@code Long.MAX_VALUE}. */
  long lowestWatchingView() {
    long lowest = Long.MAX_VALUE;
    for (SessionConnection connection : connections()) {
      if (connection.watches().anyOrArming()) {
        lowest = Math.min(lowest, connection.view());
      }
    }
    return lowest;
  }

  /** Whether any of them watches this node. */
  boolean watched(String path) {
    for (SessionConnection connection : connections()) {
      if (connection.watches().watches().watches(path)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any of them watches this node recursively. */
  boolean watchedRecursively(String path) {
    for (SessionConnection connection : connections()) {
      if (connection.watches().watches().watchesRecursively(path)) {
        return true;
      }
    }
    return false;
  }

  /** All were heard from now, as far as this process can tell. */
  void pardon() {
    long now = queue.nanoTime();
    sessions.values().forEach(session -> session.heard(now));
  }

  void stop() {
    sessions.clear();
    if (timer != null) {
      timer.cancel();
    }
  }

  private void ensureTimer(long dueNanos) {
    if (timer != null) {
      if (timerNanos - dueNanos <= 0) {
        return;
      }
      timer.cancel();
    }
    timerNanos = dueNanos;
    long nanos = Math.max(0, dueNanos - queue.nanoTime());
    timer = queue.after((nanos + 999_999L) / 1_000_000L, this::check);
  }

  private void check() {
    timer = null;
    long now = queue.nanoTime();
    for (HeldSession session : all()) {
      if (session.dueNanos() - now <= 0) {
        remove(session);
        silent.accept(session);
      }
    }
    for (HeldSession session : sessions.values()) {
      ensureTimer(session.dueNanos());
    }
  }
}
