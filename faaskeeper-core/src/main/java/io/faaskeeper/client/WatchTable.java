package io.faaskeeper.client;

import io.faaskeeper.model.MailboxEvent;
import java.util.List;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;

/**
 * The watches of one session, with the semantics of ZooKeeper's server: data watches (which {@code
 * exists} arms as well, on absent nodes too) and child watches, each one-shot or persistent, and
 * recursive ones, which see what data watches see in a subtree. A watch is armed at the session's
 * view; since events are handed over as the view passes them, none that it was armed after can
 * reach it. Not thread-safe.
 */
final class WatchTable {
  private final WatchModes data = new WatchModes();
  private final WatchModes child = new WatchModes();

  void armData(String path) {
    data.add(path, WatchModes.STANDARD);
  }

  void armChild(String path) {
    child.add(path, WatchModes.STANDARD);
  }

  void armPersistent(String path) {
    data.add(path, WatchModes.PERSISTENT);
    child.add(path, WatchModes.PERSISTENT);
  }

  void armRecursive(String path) {
    data.add(path, WatchModes.RECURSIVE);
  }

  boolean isEmpty() {
    return data.isEmpty() && child.isEmpty();
  }

  /** The paths of data watches, recursive ones too, at this moment. */
  List<String> dataPaths() {
    return data.paths();
  }

  int childCount() {
    return child.size();
  }

  /** Whether a watch on just this node waits. */
  boolean watches(String path) {
    int mask = WatchModes.STANDARD | WatchModes.PERSISTENT;
    return data.has(path, mask) || child.has(path, mask);
  }

  boolean watchesRecursively(String path) {
    return data.has(path, WatchModes.RECURSIVE);
  }

  /**
   * Whether the event fires a watch of this session. It is told once, also if it fires several, as
   * a deletion that both a data watch and a child watch wait for.
   */
  boolean fire(MailboxEvent.Kind kind, String path) {
    return switch (kind) {
      case CREATED, DATA_CHANGED -> data.fire(path);
      case CHILDREN_CHANGED -> child.fire(path);
      case DELETED -> either(data.fire(path), child.fire(path));
      case SESSION_TAKEN -> false;
    };
  }

  static EventType type(MailboxEvent.Kind kind) {
    return switch (kind) {
      case CREATED -> EventType.NodeCreated;
      case DELETED -> EventType.NodeDeleted;
      case DATA_CHANGED -> EventType.NodeDataChanged;
      case CHILDREN_CHANGED -> EventType.NodeChildrenChanged;
      case SESSION_TAKEN -> EventType.None;
    };
  }

  boolean contains(String path, WatcherType type) {
    return switch (type) {
      case Children -> child.has(path, WatchModes.STANDARD);
      case Data -> data.has(path, WatchModes.STANDARD);
      case Persistent -> data.has(path, WatchModes.PERSISTENT);
      case PersistentRecursive -> data.has(path, WatchModes.RECURSIVE);
      case Any -> data.has(path, WatchModes.ANY) || child.has(path, WatchModes.ANY);
    };
  }

  /** Removes the watches of a type on a path; tells whether there was one. */
  boolean remove(String path, WatcherType type) {
    return switch (type) {
      case Children -> child.remove(path, WatchModes.STANDARD);
      case Data -> data.remove(path, WatchModes.STANDARD);
      case Persistent ->
          either(
              data.remove(path, WatchModes.PERSISTENT), child.remove(path, WatchModes.PERSISTENT));
      case PersistentRecursive -> data.remove(path, WatchModes.RECURSIVE);
      case Any -> either(data.remove(path, WatchModes.ANY), child.remove(path, WatchModes.ANY));
    };
  }

  /** Both are looked at, whatever the first is. */
  private static boolean either(boolean a, boolean b) {
    return a || b;
  }
}
