package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.zookeeper.server.EphemeralType;

/**
 * A change of the owner index, and the forms of its owners and entries. Each entry names an
 * incarnation, so that a copy of a distributor that removes it late removes nothing that was
 * entered since.
 *
 * @param owner whose entry
 * @param entry the entry
 * @param put whether it is put, or removed
 */
public record OwnerChange(String owner, String entry, boolean put) {
  /** TTL nodes: when due, czxid, path. */
  public static final String TTL = "ttl";

  /** Containers whose last child went: pzxid, czxid, path. */
  public static final String CONTAINERS = "containers";

  /** Sessions whose close took more than one record: id. */
  public static final String CLOSING = "closing";

  private static final HexFormat HEX = HexFormat.of();
  private static final int NUMBER = 16;

  /** The owner of a session's ephemerals; their entries: czxid, path. */
  public static String ephemeralsOf(long sessionId) {
    return "s:" + HEX.toHexDigits(sessionId);
  }

  /** The owner of a process's sessions; their entries: id, epoch. */
  public static String sessionsOf(String process) {
    return "p:" + process;
  }

  /** The entry of an ephemeral. */
  public static String ephemeralEntry(long czxid, String path) {
    return HEX.toHexDigits(czxid) + path;
  }

  /** The entry of a container that became empty. */
  public static String containerEntry(long pzxid, long czxid, String path) {
    return HEX.toHexDigits(pzxid) + HEX.toHexDigits(czxid) + path;
  }

  /** The entry of a session that a process holds. */
  public static String heldEntry(long sessionId, int epoch) {
    return HEX.toHexDigits(sessionId) + HEX.toHexDigits(epoch);
  }

  /** The entry of a session whose close goes on. */
  public static String closingEntry(long sessionId) {
    return HEX.toHexDigits(sessionId);
  }

  /** The path in an entry of {@link #ephemeralsOf}. */
  public static String ephemeralPath(String entry) {
    return entry.substring(NUMBER);
  }

  /** The path in an entry of {@link #TTL} or {@link #CONTAINERS}. */
  public static String path(String entry) {
    return entry.substring(2 * NUMBER);
  }

  /** The number an entry begins with: when due, the pzxid, or the id of a session. */
  public static long number(String entry) {
    return HexFormat.fromHexDigitsToLong(entry, 0, NUMBER);
  }

  /** The czxid in an entry of {@link #TTL} or {@link #CONTAINERS}. */
  public static long czxid(String entry) {
    return HexFormat.fromHexDigitsToLong(entry, NUMBER, 2 * NUMBER);
  }

  /** The entry of a TTL node that is due at the given time. */
  static String ttlEntry(long dueMillis, long czxid, String path) {
    return HEX.toHexDigits(dueMillis) + HEX.toHexDigits(czxid) + path;
  }

  /** What a record changes, in order. */
  static List<OwnerChange> of(LogRecord record) {
    List<OwnerChange> changes = new ArrayList<>();
    record.entries().forEach(entry -> of(entry, changes));
    return changes;
  }

  static void of(LogEntry entry, List<OwnerChange> to) {
    for (NodeChange change : entry.nodes()) {
      ofNode(change, to);
    }
    SessionState session = entry.session();
    if (session != null) {
      ofSession(entry, session, to);
    }
  }

  private static void ofNode(NodeChange change, List<OwnerChange> to) {
    NodeStat stat = change.stat();
    if (stat.ephemeralOwner() == 0) {
      return;
    }
    EphemeralType type = EphemeralOwner.typeOf(stat.ephemeralOwner());
    switch (change.kind()) {
      case CREATED -> {
        if (type == EphemeralType.NORMAL) {
          to.add(ephemeral(stat, change.path(), true));
        } else if (type == EphemeralType.TTL) {
          to.add(ttl(stat, change.path()));
        }
      }
      case DELETED -> {
        if (type == EphemeralType.NORMAL) {
          to.add(ephemeral(stat, change.path(), false));
        }
      }
      case CHILDREN -> {
        if (type == EphemeralType.CONTAINER && stat.numChildren() == 0) {
          String entry = containerEntry(stat.pzxid(), stat.czxid(), change.path());
          to.add(new OwnerChange(CONTAINERS, entry, true));
        } else if (type == EphemeralType.TTL && stat.numChildren() == 0) {
          // It may have been due for long, kept by its children alone.
          to.add(ttl(stat, change.path()));
        }
      }
      case DATA, ACL -> {}
    }
  }

  private static OwnerChange ttl(NodeStat stat, String path) {
    long due = stat.mtime() + EphemeralType.TTL.getValue(stat.ephemeralOwner());
    return new OwnerChange(TTL, ttlEntry(due, stat.czxid(), path), true);
  }

  private static OwnerChange ephemeral(NodeStat stat, String path, boolean put) {
    return new OwnerChange(
        ephemeralsOf(stat.ephemeralOwner()), ephemeralEntry(stat.czxid(), path), put);
  }

  private static void ofSession(LogEntry entry, SessionState session, List<OwnerChange> to) {
    String held = heldEntry(session.id(), session.epoch());
    switch (session.status()) {
      case OPEN -> {
        if (entry.seq() == 0) {
          to.add(new OwnerChange(sessionsOf(session.process()), held, true));
          if (session.epoch() > 1) {
            String holder = entry.taken().isEmpty() ? session.process() : entry.taken();
            String before = heldEntry(session.id(), session.epoch() - 1);
            to.add(new OwnerChange(sessionsOf(holder), before, false));
          }
        }
      }
      case CLOSING, EXPIRING -> to.add(new OwnerChange(CLOSING, closingEntry(session.id()), true));
      case CLOSED -> to.add(new OwnerChange(sessionsOf(session.process()), held, false));
    }
  }
}
