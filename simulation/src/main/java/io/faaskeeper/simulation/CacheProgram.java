package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a subtree that is kept by watches: one-shot ones on each node, or a recursive one. In
 * the end it is the truth.
 */
final class CacheProgram implements Program {
  private static final String ROOT = "/a";

  private final String name;
  private final boolean recursive;

  /** Path to data. */
  private final TreeMap<String, String> nodes = new TreeMap<>();

  private @Nullable Line line;

  CacheProgram(String name, boolean recursive) {
    this.name = name;
    this.recursive = recursive;
  }

  @Override
  public void connected(Line newLine, boolean newSession) {
    line = newLine;
    nodes.clear();
    if (recursive) {
      newLine.ask(new ClientRequest.AddWatch(ROOT, AddWatchMode.PERSISTENT_RECURSIVE), reply -> {});
    }
    data(newLine, ROOT);
  }

  private void data(Line on, String path) {
    on.ask(Ask.get(path, !recursive), reply -> data(on, path, reply));
  }

  private void data(Line on, String path, Reply reply) {
    if (reply.code() == Code.OK) {
      if (nodes.put(path, Ask.data(reply)) == null) {
        // It is new, or another one than before, whose children nobody watches yet.
        on.ask(Ask.children(path, !recursive), listed -> children(on, path, listed));
      }
    } else {
      remove(path);
      if (path.equals(ROOT) && !recursive) {
        on.ask(
            Ask.exists(ROOT),
            found -> {
              if (found.code() == Code.OK) {
                data(on, ROOT);
              }
            });
      }
    }
  }

  private void children(Line on, String path, Reply reply) {
    for (String child : Ask.names(reply)) {
      if (!nodes.containsKey(path + "/" + child)) {
        data(on, path + "/" + child);
      }
    }
  }

  private void remove(String path) {
    nodes.remove(path);
    nodes.subMap(path + "/", path + "0").clear();
  }

  @Override
  public void event(EventType type, String path) {
    Line on = line;
    if (on == null || !(path + "/").startsWith(ROOT + "/")) {
      return;
    }
    switch (type) {
      case NodeCreated, NodeDataChanged -> data(on, path);
      case NodeChildrenChanged ->
          on.ask(Ask.children(path, !recursive), reply -> children(on, path, reply));
      case NodeDeleted -> deleted(on, path);
      default -> {}
    }
  }

  private void deleted(Line on, String path) {
    remove(path);
    if (path.equals(ROOT) && !recursive) {
      data(on, ROOT);
    }
  }

  @Override
  public boolean isKeeper() {
    return true;
  }

  @Override
  public void check(LogTruth truth) {
    Map<String, String> right = new TreeMap<>();
    for (String path : truth.paths()) {
      LogTruth.State state = truth.at(path, truth.last());
      if (state.alive() && (path + "/").startsWith(ROOT + "/")) {
        right.put(path, Ask.text(state.data()));
      }
    }
    if (!nodes.equals(right)) {
      throw new AssertionError(name + " holds " + nodes + ", not " + right);
    }
  }
}
