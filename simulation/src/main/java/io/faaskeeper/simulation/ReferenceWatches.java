package io.faaskeeper.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;

/** ZooKeeper's watches of one session, written down plainly. */
final class ReferenceWatches {
  private final Set<String> data = new HashSet<>();
  private final Set<String> child = new HashSet<>();
  private final Map<String, Set<AddWatchMode>> persistent = new HashMap<>();

  ReferenceWatches copy() {
    ReferenceWatches copy = new ReferenceWatches();
    copy.data.addAll(data);
    copy.child.addAll(child);
    persistent.forEach((path, modes) -> copy.persistent.put(path, new HashSet<>(modes)));
    return copy;
  }

  void data(String path) {
    data.add(path);
  }

  void child(String path) {
    child.add(path);
  }

  void persistent(String path, AddWatchMode mode) {
    persistent.computeIfAbsent(path, p -> new HashSet<>()).add(mode);
  }

  /** Takes what another has. */
  void addAll(ReferenceWatches other) {
    data.addAll(other.data);
    child.addAll(other.child);
    other.persistent.forEach((path, modes) -> modes.forEach(mode -> persistent(path, mode)));
  }

  boolean isEmpty() {
    return data.isEmpty() && child.isEmpty() && persistent.isEmpty();
  }

  /** Whether there are watches of a type on a path, which are removed unless only asked for. */
  boolean remove(String path, WatcherType type, boolean checkOnly) {
    boolean any = type == WatcherType.Any;
    Set<AddWatchMode> modes = persistent.getOrDefault(path, Set.of());
    boolean there =
        ((any || type == WatcherType.Data) && data.contains(path))
            || ((any || type == WatcherType.Children) && child.contains(path))
            || ((any || type == WatcherType.Persistent) && modes.contains(AddWatchMode.PERSISTENT))
            || ((any || type == WatcherType.PersistentRecursive)
                && modes.contains(AddWatchMode.PERSISTENT_RECURSIVE));
    if (there && !checkOnly) {
      switch (type) {
        case Data -> data.remove(path);
        case Children -> child.remove(path);
        case Persistent -> modes.remove(AddWatchMode.PERSISTENT);
        case PersistentRecursive -> modes.remove(AddWatchMode.PERSISTENT_RECURSIVE);
        case Any -> {
          data.remove(path);
          child.remove(path);
          persistent.remove(path);
        }
      }
    }
    return there;
  }

  /** Whether the session is told of this event. */
  boolean fires(LogTruth.Event event) {
    String path = event.path();
    Set<AddWatchMode> here = persistent.getOrDefault(path, Set.of());
    boolean told = here.contains(AddWatchMode.PERSISTENT);
    if (event.type() == EventType.NodeChildrenChanged) {
      return child.remove(path) || told;
    }
    told |= data.remove(path);
    if (event.type() == EventType.NodeDeleted) {
      told |= child.remove(path);
    }
    for (String above : persistent.keySet()) {
      boolean covers = path.equals(above) || above.equals("/") || path.startsWith(above + "/");
      if (covers && persistent.get(above).contains(AddWatchMode.PERSISTENT_RECURSIVE)) {
        told = true;
      }
    }
    return told;
  }
}
