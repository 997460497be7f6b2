package io.faaskeeper.simulation;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Checks the sessions of a log: each request takes effect once and in the order of the session, a
 * closed session does nothing more, and ephemerals are there exactly as long as their session.
 */
final class SessionCheck {
  private final Map<Long, SessionState> sessions = new HashMap<>();
  private final Map<Long, Set<String>> ephemerals = new HashMap<>();

  /**
   * A violation is an AssertionError.
   *
   * @param entries all of a log, in order; in the end every session must be closed
   */
  void check(Collection<LogEntry> entries) {
    for (LogEntry entry : entries) {
      SessionState session = entry.session();
      if (session != null) {
        SessionState before = sessions.put(session.id(), session);
        if (before != null) {
          follows(entry, before, session);
        }
      }
      entry.nodes().forEach(change -> take(entry, change));
      if (session != null && session.status() == SessionState.Status.CLOSED) {
        Set<String> left = ephemerals.getOrDefault(session.id(), Set.of());
        require(left.isEmpty(), "ephemerals outlive their session: " + left, entry);
      }
    }
    for (SessionState session : sessions.values()) {
      if (session.status() != SessionState.Status.CLOSED) {
        throw new AssertionError("never closed: " + session);
      }
    }
  }

  private static void follows(LogEntry entry, SessionState before, SessionState now) {
    require(before.status() != SessionState.Status.CLOSED, "after its end", entry);
    require(now.epoch() >= before.epoch(), "an old epoch, after " + before, entry);
    if (entry.seq() > 0) {
      require(now.epoch() == before.epoch(), "a request moves the session", entry);
      require(entry.seq() == before.lastSeq() + 1, "twice, or a gap, after " + before, entry);
    }
  }

  private void take(LogEntry entry, NodeChange change) {
    long owner = change.stat().ephemeralOwner();
    if (!EphemeralOwner.isSessionId(owner)) {
      return;
    }
    Set<String> owned = ephemerals.computeIfAbsent(owner, o -> new HashSet<>());
    if (change.kind() == NodeChange.Kind.CREATED) {
      SessionState session = sessions.get(owner);
      require(
          session != null && session.status() == SessionState.Status.OPEN,
          "an ephemeral of a session that is not open",
          entry);
      require(
          Objects.requireNonNull(entry.session()).id() == owner,
          "an ephemeral of somebody else",
          entry);
      owned.add(change.path());
    } else if (change.kind() == NodeChange.Kind.DELETED) {
      owned.remove(change.path());
    }
  }

  private static void require(boolean holds, String what, LogEntry entry) {
    if (!holds) {
      throw new AssertionError(what + ": " + entry);
    }
  }
}
