package io.faaskeeper.service;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.processor.AclRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some records in a row, as what has to be written for them: each item once, in its last state.
 * Pure.
 */
final class Group {
  private final List<LogRecord> records;
  private final Map<String, NodeUpdate> nodes = new LinkedHashMap<>();
  private final Map<String, ChildUpdate> children = new LinkedHashMap<>();
  private final Map<Long, SessionState> sessions = new LinkedHashMap<>();
  private final Map<String, OwnerChange> owners = new LinkedHashMap<>();
  private final List<NodeEvent> events = new ArrayList<>();
  private final List<ProcessEvent> taken = new ArrayList<>();
  private boolean opensSession;

  /** The last state of a child's item, and the version before it if that is of this group, too. */
  record ChildUpdate(
      String parent,
      String name,
      ChildItem.Version current,
      ChildItem.@Nullable Version previous) {}

  /** Something that happened to a node. */
  record NodeEvent(long zxid, MailboxEvent event) {}

  /** Something that happened to a process. */
  record ProcessEvent(long zxid, String process, MailboxEvent event) {}

  Group(List<LogRecord> records) {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("no records");
    }
    this.records = List.copyOf(records);
    for (LogRecord record : records) {
      record.entries().forEach(this::add);
    }
  }

  /**
   * As many of the records, from the first, as make a group of at most so many changes, but at
   * least one.
   */
  static Group prefix(List<LogRecord> records, int maxChanges) {
    int changes = 0;
    int count = 0;
    for (LogRecord record : records) {
      changes += record.entries().stream().mapToInt(e -> e.nodes().size() + 1).sum();
      if (count > 0 && changes > maxChanges) {
        break;
      }
      count++;
    }
    return new Group(records.subList(0, count));
  }

  private void add(LogEntry entry) {
    int index = 0;
    for (NodeChange change : entry.nodes()) {
      add(entry.zxid(), index, change);
      index++;
    }
    SessionState session = entry.session();
    if (session != null) {
      sessions.put(session.id(), session);
      opensSession |=
          session.status() == SessionState.Status.OPEN && entry.seq() == 0 && session.epoch() == 1;
      if (!entry.taken().isEmpty()) {
        MailboxEvent event =
            new MailboxEvent(
                index, MailboxEvent.Kind.SESSION_TAKEN, Long.toString(session.id()), null);
        taken.add(new ProcessEvent(entry.zxid(), entry.taken(), event));
      }
    }
    List<OwnerChange> changes = new ArrayList<>();
    OwnerChange.of(entry, changes);
    changes.forEach(c -> owners.put(c.owner() + ' ' + c.entry(), c));
  }

  private void add(long zxid, int index, NodeChange change) {
    nodes.merge(change.path(), update(zxid, change), Group::merge);
    if (change.kind() == NodeChange.Kind.CREATED || change.kind() == NodeChange.Kind.DELETED) {
      addChild(zxid, change);
    }
    MailboxEvent.Kind kind = kind(change.kind());
    if (kind != null) {
      List<Acl> acl = change.acl();
      if (acl != null && AclRules.anyoneMayRead(acl)) {
        acl = null;
      }
      events.add(new NodeEvent(zxid, new MailboxEvent(index, kind, change.path(), acl)));
    }
  }

  private static NodeUpdate update(long zxid, NodeChange c) {
    boolean writesAcl = c.kind() == NodeChange.Kind.CREATED || c.kind() == NodeChange.Kind.ACL;
    return new NodeUpdate(
        c.path(), zxid, c.alive(), c.stat(), c.childSum(), writesAcl ? c.acl() : null, c.data());
  }

  private static NodeUpdate merge(NodeUpdate earlier, NodeUpdate later) {
    if (!later.alive()) {
      return later;
    }
    return new NodeUpdate(
        later.path(),
        later.zxid(),
        true,
        later.stat(),
        later.childSum(),
        later.acl() != null ? later.acl() : earlier.acl(),
        later.data() != null ? later.data() : earlier.data());
  }

  private void addChild(long zxid, NodeChange change) {
    int slash = change.path().lastIndexOf('/');
    if (change.path().length() == 1) {
      return;
    }
    String parent = slash == 0 ? "/" : change.path().substring(0, slash);
    ChildUpdate before = children.get(change.path());
    // The nodes of an empty tree are older than the record that brings them.
    long since = change.alive() ? change.stat().czxid() : zxid;
    ChildItem.Version version = new ChildItem.Version(since, change.alive());
    ChildItem.Version previous = null;
    if (before != null) {
      previous = before.current().zxid() == zxid ? before.previous() : before.current();
    }
    children.put(
        change.path(),
        new ChildUpdate(parent, change.path().substring(slash + 1), version, previous));
  }

  private static MailboxEvent.@Nullable Kind kind(NodeChange.Kind kind) {
    return switch (kind) {
      case CREATED -> MailboxEvent.Kind.CREATED;
      case DELETED -> MailboxEvent.Kind.DELETED;
      case DATA -> MailboxEvent.Kind.DATA_CHANGED;
      case CHILDREN -> MailboxEvent.Kind.CHILDREN_CHANGED;
      case ACL -> null;
    };
  }

  List<LogRecord> records() {
    return records;
  }

  long lastRecord() {
    return records.get(records.size() - 1).number();
  }

  long lastZxid() {
    return records.get(records.size() - 1).lastZxid();
  }

  Iterable<NodeUpdate> nodes() {
    return nodes.values();
  }

  Iterable<ChildUpdate> children() {
    return children.values();
  }

  Iterable<SessionState> sessions() {
    return sessions.values();
  }

  Iterable<OwnerChange> owners() {
    return owners.values();
  }

  List<NodeEvent> events() {
    return events;
  }

  List<ProcessEvent> taken() {
    return taken;
  }

  /** Whether a session begins in it, for which the heartbeat must be on. */
  boolean opensSession() {
    return opensSession;
  }
}
