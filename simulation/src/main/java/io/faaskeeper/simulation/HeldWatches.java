package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;

/**
 * The watches that a client remembers, so as to set them again after a reconnect, as ZooKeeper's
 * client does.
 */
final class HeldWatches {
  private final Set<String> data = new LinkedHashSet<>();
  private final Set<String> exist = new LinkedHashSet<>();
  private final Set<String> child = new LinkedHashSet<>();
  private final Set<String> persistent = new LinkedHashSet<>();
  private final Set<String> recursive = new LinkedHashSet<>();

  void clear() {
    data.clear();
    exist.clear();
    child.clear();
    persistent.clear();
    recursive.clear();
  }

  boolean isEmpty() {
    return data.isEmpty()
        && exist.isEmpty()
        && child.isEmpty()
        && persistent.isEmpty()
        && recursive.isEmpty();
  }

  /** What sets them again, since what the client saw last. */
  ClientRequest.SetWatches restoring(long seen) {
    return new ClientRequest.SetWatches(
        seen,
        new ArrayList<>(data),
        new ArrayList<>(exist),
        new ArrayList<>(child),
        new ArrayList<>(persistent),
        new ArrayList<>(recursive));
  }

  void answered(ClientRequest request, Code code) {
    if (request instanceof ClientRequest.Exists read && read.watch()) {
      if (code == Code.OK) {
        data.add(read.path());
      } else if (code == Code.NONODE) {
        exist.add(read.path());
      }
    } else if (code == Code.OK) {
      done(request);
    }
  }

  private void done(ClientRequest request) {
    if (request instanceof ClientRequest.GetData read && read.watch()) {
      data.add(read.path());
    } else if (request instanceof ClientRequest.GetChildren read && read.watch()) {
      child.add(read.path());
    } else if (request instanceof ClientRequest.AddWatch add) {
      (add.mode() == AddWatchMode.PERSISTENT ? persistent : recursive).add(add.path());
    } else if (request instanceof ClientRequest.RemoveWatches remove && !remove.checkOnly()) {
      remove(remove.path(), remove.type());
    }
  }

  private void remove(String path, WatcherType type) {
    boolean any = type == WatcherType.Any;
    if (any || type == WatcherType.Data) {
      data.remove(path);
      exist.remove(path);
    }
    if (any || type == WatcherType.Children) {
      child.remove(path);
    }
    if (any || type == WatcherType.Persistent) {
      persistent.remove(path);
    }
    if (any || type == WatcherType.PersistentRecursive) {
      recursive.remove(path);
    }
  }

  void happened(LogTruth.Event event) {
    if (event.type() != EventType.NodeChildrenChanged) {
      data.remove(event.path());
      exist.remove(event.path());
    }
    if (event.type() == EventType.NodeChildrenChanged || event.type() == EventType.NodeDeleted) {
      child.remove(event.path());
    }
  }
}
