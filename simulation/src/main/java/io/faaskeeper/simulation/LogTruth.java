package io.faaskeeper.simulation;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.TransactionLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Perms;
import org.jspecify.annotations.Nullable;

/** What the log says: every state of every node, and every event. */
final class LogTruth {
  /** One state of a node: from its zxid on. */
  record State(boolean alive, NodeStat stat, byte[] data, List<Acl> acl) {
    static final State NONE = new State(false, NodeStat.NONE, new byte[0], Acl.OPEN);

    /** Whether everybody may do this, in a history whose ACLs speak of everybody. */
    boolean permits(int perm) {
      return acl.stream().anyMatch(entry -> (entry.perms() & perm) != 0);
    }
  }

  /** Something that happened to a node. */
  record Event(long zxid, EventType type, String path) {}

  private final Map<String, TreeMap<Long, State>> states = new HashMap<>();
  private final TreeMap<Long, List<Event>> events = new TreeMap<>();
  private final Set<Event> hidden = Collections.newSetFromMap(new IdentityHashMap<>());
  private final TreeMap<Long, LogEntry> entries = new TreeMap<>();
  private long last;
  private long lastRecord;

  /** What these records say, the first of a log and all that follow it. */
  LogTruth(Iterable<LogRecord> records) {
    records.forEach(this::take);
  }

  /** What a log says whose ring has not been around yet. */
  static LogTruth of(TransactionLog log) {
    List<LogRecord> records = new ArrayList<>();
    while (log.read(records.size() + 1).toCompletableFuture().join()
        instanceof TransactionLog.Slot.Found found) {
      records.add(found.record());
    }
    return new LogTruth(records);
  }

  private void take(LogRecord record) {
    lastRecord = record.number();
    for (LogEntry entry : record.entries()) {
      last = entry.zxid();
      entries.put(last, entry);
      for (NodeChange change : entry.nodes()) {
        State before = at(change.path(), last);
        byte[] data = change.data() == null ? before.data : change.data();
        List<Acl> acl = change.acl() == null ? before.acl : change.acl();
        states
            .computeIfAbsent(change.path(), p -> new TreeMap<>())
            .put(last, change.alive() ? new State(true, change.stat(), data, acl) : State.NONE);
        EventType type =
            switch (change.kind()) {
              case CREATED -> EventType.NodeCreated;
              case DELETED -> EventType.NodeDeleted;
              case DATA -> EventType.NodeDataChanged;
              case CHILDREN -> EventType.NodeChildrenChanged;
              case ACL -> null;
            };
        if (type != null) {
          Event event = new Event(last, type, change.path());
          events.computeIfAbsent(last, z -> new ArrayList<>()).add(event);
          State seen = change.alive() ? at(change.path(), last) : before;
          if (!seen.permits(Perms.READ)) {
            hidden.add(event);
          }
        }
      }
    }
  }

  long last() {
    return last;
  }

  /** The number of the last record. */
  long lastRecord() {
    return lastRecord;
  }

  /** Every entry, in the order of the zxids. */
  Collection<LogEntry> entries() {
    return entries.values();
  }

  @Nullable LogEntry entry(long zxid) {
    return entries.get(zxid);
  }

  /** Every path at which there ever was a node. */
  Set<String> paths() {
    return states.keySet();
  }

  State at(String path, long zxid) {
    TreeMap<Long, State> versions = states.get(path);
    Map.Entry<Long, State> entry = versions == null ? null : versions.floorEntry(zxid);
    return entry == null ? State.NONE : entry.getValue();
  }

  List<String> children(String path, long zxid) {
    int prefix = path.equals("/") ? 1 : path.length() + 1;
    return states.keySet().stream()
        .filter(node -> isChild(node, path) && at(node, zxid).alive)
        .map(node -> node.substring(prefix))
        .sorted()
        .toList();
  }

  /** The children that a node ever had. */
  List<String> everHad(String path) {
    return states.keySet().stream().filter(node -> isChild(node, path)).toList();
  }

  private static boolean isChild(String node, String path) {
    String prefix = path.equals("/") ? "/" : path + "/";
    return node.startsWith(prefix)
        && node.length() > prefix.length()
        && node.indexOf('/', prefix.length()) < 0;
  }

  /** The nodes below one, how deep they may be. */
  List<String> descendants(String path, long zxid) {
    String prefix = path.equals("/") ? "/" : path + "/";
    return states.keySet().stream()
        .filter(node -> node.startsWith(prefix) && node.length() > prefix.length())
        .filter(node -> at(node, zxid).alive)
        .sorted()
        .toList();
  }

  /** The ephemerals of a session. */
  List<String> ephemerals(long sessionId, long zxid) {
    return states.keySet().stream()
        .filter(node -> at(node, zxid).stat.ephemeralOwner() == sessionId)
        .sorted()
        .toList();
  }

  /** When a node changed in ({@code after}, {@code upTo}]. */
  Collection<Long> changes(String path, long after, long upTo) {
    TreeMap<Long, State> versions = states.get(path);
    return versions == null || upTo <= after
        ? List.of()
        : versions.subMap(after, false, upTo, true).keySet();
  }

  /**
   * Whether who waits for this event is told of it: of a node that may not be read nobody is,
   * though a watch for once is gone.
   */
  boolean isTold(Event event) {
    return !hidden.contains(event);
  }

  List<Event> events(long after, long upTo) {
    List<Event> all = new ArrayList<>();
    if (upTo > after) {
      events.subMap(after, false, upTo, true).values().forEach(all::addAll);
    }
    return all;
  }
}
