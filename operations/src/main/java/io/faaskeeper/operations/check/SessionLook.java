package io.faaskeeper.operations.check;

import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.service.OwnerChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at sessions: their rows, the process that holds each, and what the owner index has. */
final class SessionLook {
  private final Stored stored;

  SessionLook(Stored stored) {
    this.stored = stored;
  }

  static String name(long id) {
    return "session 0x" + Long.toHexString(id);
  }

  /**
   * Looks at a session.
   *
   * @param logged how the log left it, if that is known
   */
  Look look(long id, @Nullable SessionState logged) {
    Watermark watermark = stored.watermark();
    Optional<SessionState> row = stored.session(id);
    List<Finding> found = new ArrayList<>();
    if (row.isEmpty()) {
      if (logged != null && logged.status() != SessionState.Status.CLOSED) {
        found.add(new Finding(Kind.SESSION, name(id), "has no row, and is logged as " + logged));
      }
      return Look.of(found);
    }
    SessionState session = row.get();
    if (session.touched() > watermark.zxid()) {
      return Look.UNSETTLED;
    }
    if (logged != null
        && (session.touched() < logged.touched()
            || (session.touched() == logged.touched() && !session.equals(logged)))) {
      found.add(new Finding(Kind.SESSION, name(id), "is " + session + ", and logged as " + logged));
    }
    if (session.status() == SessionState.Status.OPEN) {
      open(session, watermark, found);
    } else if (session.isClosing()
        && !stored.hasEntry(OwnerChange.CLOSING, OwnerChange.closingEntry(id))) {
      found.add(
          new Finding(
              Kind.OWNER_INDEX, name(id), "is " + session.status() + ", and not in the index"));
    }
    return Look.of(found);
  }

  private void open(SessionState session, Watermark watermark, List<Finding> found) {
    if (stored.process(session.process()).isEmpty()) {
      found.add(
          new Finding(
              Kind.PROCESS,
              name(session.id()),
              "is held by process " + session.process() + ", which has no row"));
    }
    if (!stored.hasEntry(
        OwnerChange.sessionsOf(session.process()),
        OwnerChange.heldEntry(session.id(), session.epoch()))) {
      found.add(
          new Finding(
              Kind.OWNER_INDEX,
              name(session.id()),
              "is not in the index of its process " + session.process()));
    }
    if (!watermark.heartbeat()) {
      found.add(
          new Finding(
              Kind.HEARTBEAT, "heartbeat", "is off, and " + name(session.id()) + " is open"));
    }
  }

  /** Looks whether an entry of a process's sessions still stands for one. */
  Look held(String process, String entry) {
    long id = OwnerChange.number(entry);
    boolean stands =
        stored
            .session(id)
            .filter(s -> s.status() != SessionState.Status.CLOSED && s.process().equals(process))
            .isPresent();
    return stands ? Look.of(List.of()) : left("process " + process, name(id));
  }

  /** Looks whether an entry of a session's ephemerals still stands for one. */
  Look ephemeral(long session, String entry) {
    String path = OwnerChange.ephemeralPath(entry);
    StoredNode node = stored.node(path, false);
    boolean stands =
        node.meta()
            .map(meta -> meta.stat())
            .filter(stat -> isIncarnation(stat, session, OwnerChange.number(entry)))
            .isPresent();
    return stands ? Look.of(List.of()) : left(name(session), path);
  }

  private static boolean isIncarnation(NodeStat stat, long session, long czxid) {
    return stat.ephemeralOwner() == session && stat.czxid() == czxid;
  }

  private static Look left(String owner, String what) {
    return Look.of(List.of(new Finding(Kind.LEFT_INDEX_ENTRY, owner, "has " + what + " no more")));
  }
}
