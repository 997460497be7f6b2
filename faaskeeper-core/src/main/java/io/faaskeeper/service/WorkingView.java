package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.processor.TreeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tree and the sessions as one attempt at a record leaves them: a {@link LogView} and the
 * entries decided on top of it. Thrown away with the attempt. Notes what it was asked and did not
 * know.
 */
final class WorkingView implements TreeView {
  private static final Lookup UNKNOWN = new Lookup.Unknown();
  private static final Lookup ABSENT = new Lookup.Absent();

  private final LogView base;
  private final Map<String, Known<NodeMeta>> nodes = new HashMap<>();
  private final Map<Long, SessionState> sessions = new HashMap<>();
  private final Map<String, TreeSet<String>> owners = new HashMap<>();
  private final List<OwnerChange> ownerChanges = new ArrayList<>();
  private final Set<Long> closing;
  private final Needs needs = new Needs();
  private long lastZxid;

  WorkingView(LogView base) {
    this.base = base;
    lastZxid = base.tailZxid();
    closing = new HashSet<>(base.closing());
  }

  /** The number of the record that is being made. */
  long record() {
    return base.tailRecord() + 1;
  }

  long nextZxid() {
    return lastZxid + 1;
  }

  long lastZxid() {
    return lastZxid;
  }

  Needs needs() {
    return needs;
  }

  Set<Long> closing() {
    return closing;
  }

  @Override
  public Lookup node(String path) {
    Known<NodeMeta> node = lookUp(path);
    if (node == null) {
      return UNKNOWN;
    }
    return node.isPresent() ? new Lookup.Present(node.get()) : ABSENT;
  }

  private @Nullable Known<NodeMeta> lookUp(String path) {
    Known<NodeMeta> known = known(path);
    if (known == null && path.length() > 1) {
      Known<NodeMeta> parent = known(parent(path));
      if (parent != null && (!parent.isPresent() || parent.get().stat().numChildren() == 0)) {
        return Known.absent();
      }
    }
    return known;
  }

  private @Nullable Known<NodeMeta> known(String path) {
    Known<NodeMeta> node = nodes.get(path);
    return node != null ? node : base.node(path);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** The session now; null if it must be read first, which is noted. */
  @Nullable Known<SessionState> session(long id) {
    SessionState changed = sessions.get(id);
    if (changed != null) {
      return new Known<>(changed);
    }
    Known<SessionState> known = base.session(id);
    if (known == null) {
      needs.sessions().add(id);
    }
    return known;
  }

  /** What belongs to an owner now; null if it must be read first, which is noted. */
  @Nullable Set<String> owned(String owner) {
    TreeSet<String> changed = owners.get(owner);
    if (changed != null) {
      return changed;
    }
    Set<String> known = base.owned(owner);
    if (known == null) {
      needs.owners().add(owner);
      return null;
    }
    TreeSet<String> copy = new TreeSet<>(known);
    for (OwnerChange change : ownerChanges) {
      if (change.owner().equals(owner)) {
        LogView.apply(change, copy);
      }
    }
    owners.put(owner, copy);
    return copy;
  }

  /** Takes an entry that was decided. */
  void take(LogEntry entry) {
    lastZxid = entry.zxid();
    for (NodeChange change : entry.nodes()) {
      Known<NodeMeta> after = LogView.after(known(change.path()), change);
      if (after == null) {
        throw new IllegalStateException(change.path() + " was changed, and never looked at");
      }
      nodes.put(change.path(), after);
    }
    List<OwnerChange> changes = new ArrayList<>();
    OwnerChange.of(entry, changes);
    for (OwnerChange change : changes) {
      ownerChanges.add(change);
      TreeSet<String> known = owners.get(change.owner());
      if (known != null) {
        LogView.apply(change, known);
      }
    }
    SessionState session = entry.session();
    if (session != null) {
      sessions.put(session.id(), session);
      switch (session.status()) {
        case OPEN -> {}
        case CLOSING, EXPIRING -> closing.add(session.id());
        case CLOSED -> closing.remove(session.id());
      }
    }
  }
}
