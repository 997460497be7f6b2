package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a writer knows of the tree and the sessions as the log up to its tail left them. It is a
 * cache: what it lacks is read from storage and brought up to the tail with the records since the
 * watermark, which it holds. So whatever it says is true of its tail, and an append on top of that
 * succeeds only if the tail is still the newest record.
 *
 * <p>Not thread-safe: belongs to one writer.
 */
final class LogView {
  private static final int MAX_NODES = 200_000;
  private static final int MAX_SESSIONS = 50_000;
  private static final int MAX_OWNERS = 10_000;

  /** Records after {@link #applied}, up to the tail. */
  private final ArrayDeque<LogRecord> unapplied = new ArrayDeque<>();

  private final Lru<String, Known<NodeMeta>> nodes = new Lru<>(MAX_NODES);
  private final Lru<Long, Known<SessionState>> sessions = new Lru<>(MAX_SESSIONS);
  private final Lru<String, TreeSet<String>> owners = new Lru<>(MAX_OWNERS);
  private final Set<Long> closing = new HashSet<>();
  private Watermark applied;
  private long tailRecord;
  private long tailZxid;

  /** A view as of the watermark, that knows nothing else. */
  LogView(Watermark watermark) {
    applied = watermark;
    tailRecord = watermark.record();
    tailZxid = watermark.zxid();
  }

  long tailRecord() {
    return tailRecord;
  }

  long tailZxid() {
    return tailZxid;
  }

  /** The newest watermark that was told. */
  Watermark applied() {
    return applied;
  }

  /** Records that the watermark, as far as known, has not passed. */
  List<LogRecord> unapplied() {
    return List.copyOf(unapplied);
  }

  /** Told of the watermark. */
  void applied(Watermark watermark) {
    if (watermark.record() < applied.record()) {
      return;
    }
    applied = watermark;
    while (!unapplied.isEmpty() && unapplied.peekFirst().number() <= watermark.record()) {
      unapplied.removeFirst();
    }
  }

  /** Takes the record after the tail. */
  void take(LogRecord record) {
    if (record.number() != tailRecord + 1 || record.firstZxid() != tailZxid + 1) {
      throw new IllegalArgumentException(
          "record %d from zxid %d cannot follow record %d up to zxid %d"
              .formatted(record.number(), record.firstZxid(), tailRecord, tailZxid));
    }
    tailRecord = record.number();
    tailZxid = record.lastZxid();
    unapplied.addLast(record);
    record.entries().forEach(this::take);
    for (OwnerChange change : OwnerChange.of(record)) {
      TreeSet<String> known = owners.get(change.owner());
      if (known != null) {
        apply(change, known);
      }
    }
  }

  private void take(LogEntry entry) {
    for (NodeChange change : entry.nodes()) {
      take(change);
    }
    SessionState session = entry.session();
    if (session == null) {
      return;
    }
    sessions.put(session.id(), new Known<>(session));
    switch (session.status()) {
      case OPEN -> {
        if (entry.seq() == 0 && session.epoch() == 1) {
          owners.put(OwnerChange.ephemeralsOf(session.id()), new TreeSet<>());
        }
      }
      case CLOSING, EXPIRING -> closing.add(session.id());
      case CLOSED -> {
        closing.remove(session.id());
        owners.remove(OwnerChange.ephemeralsOf(session.id()));
      }
    }
  }

  private void take(NodeChange change) {
    Known<NodeMeta> after = after(nodes.get(change.path()), change);
    if (after == null) {
      nodes.remove(change.path());
    } else {
      nodes.put(change.path(), after);
    }
  }

  /** What a node is after a change; null if that can't be told without what it was before. */
  static @Nullable Known<NodeMeta> after(@Nullable Known<NodeMeta> before, NodeChange change) {
    if (!change.alive()) {
      return Known.absent();
    }
    if (change.acl() != null) {
      return new Known<>(new NodeMeta(change.stat(), change.acl(), change.childSum()));
    }
    if (before == null || !before.isPresent()) {
      return null;
    }
    return new Known<>(new NodeMeta(change.stat(), before.get().acl(), change.childSum()));
  }

  static void apply(OwnerChange change, Set<String> known) {
    if (change.put()) {
      known.add(change.entry());
    } else {
      known.remove(change.entry());
    }
  }

  /** The node at the tail; null if it has to be read first. */
  @Nullable Known<NodeMeta> node(String path) {
    return nodes.get(path);
  }

  /** The session at the tail; null if it has to be read first. */
  @Nullable Known<SessionState> session(long id) {
    return sessions.get(id);
  }

  /**
   * What belongs to an owner at the tail, perhaps with entries that are out of date; null if it has
   * to be read first.
   */
  @Nullable Set<String> owned(String owner) {
    return owners.get(owner);
  }

  /** Sessions whose close is decided, but not complete. */
  Set<Long> closing() {
    return closing;
  }

  /**
   * Takes what storage says of a node; false if that is newer than the tail, and the log has to be
   * read first.
   */
  boolean learnNode(String path, StoredNode stored) {
    if (stored.touched() > tailZxid) {
      return false;
    }
    Known<NodeMeta> node = Known.of(stored.meta());
    for (LogRecord record : unapplied) {
      for (LogEntry entry : record.entries()) {
        if (entry.zxid() > stored.touched()) {
          for (NodeChange change : entry.nodes()) {
            if (change.path().equals(path)) {
              node = known(path, after(node, change));
            }
          }
        }
      }
    }
    nodes.put(path, node);
    return true;
  }

  private static Known<NodeMeta> known(String path, @Nullable Known<NodeMeta> node) {
    if (node == null) {
      throw new IllegalStateException(
          "the log changes " + path + ", which neither it nor storage knows");
    }
    return node;
  }

  /** As {@link #learnNode}, of a session. */
  boolean learnSession(long id, Optional<SessionState> stored) {
    if (stored.isPresent() && stored.get().touched() > tailZxid) {
      return false;
    }
    Known<SessionState> session = Known.of(stored);
    for (LogRecord record : unapplied) {
      for (LogEntry entry : record.entries()) {
        if (entry.session() != null && entry.session().id() == id) {
          session = new Known<>(entry.session());
        }
      }
    }
    sessions.put(id, session);
    return true;
  }

  /** Takes what the index lists for an owner. */
  void learnOwned(String owner, List<String> listed) {
    TreeSet<String> entries = new TreeSet<>(listed);
    for (LogRecord record : unapplied) {
      for (OwnerChange change : OwnerChange.of(record)) {
        if (change.owner().equals(owner)) {
          apply(change, entries);
        }
      }
    }
    owners.put(owner, entries);
  }

  /** Learns at the start which closes are not complete. */
  void learnClosing(long id) {
    closing.add(id);
  }
}
