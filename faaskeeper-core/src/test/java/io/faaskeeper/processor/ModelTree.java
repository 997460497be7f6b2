package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A whole tree in memory, for tests: what a log of changes amounts to. Not thread-safe. */
public final class ModelTree implements TreeView {
  private final NavigableMap<String, NodeMeta> nodes = new TreeMap<>();
  private final Map<String, byte[]> data = new TreeMap<>();

  /** The tree of a ZooKeeper that nobody has written to. */
  public ModelTree() {
    apply(EmptyTree.changes());
  }

  @Override
  public Lookup node(String path) {
    NodeMeta meta = nodes.get(path);
    return meta == null ? new Lookup.Absent() : new Lookup.Present(meta);
  }

  public void apply(List<NodeChange> changes) {
    for (NodeChange change : changes) {
      if (change.alive()) {
        List<Acl> acl = change.acl();
        NodeMeta before = nodes.get(change.path());
        if (acl == null) {
          if (before == null) {
            throw new IllegalArgumentException(change.kind() + " of no node: " + change.path());
          }
          acl = before.acl();
        }
        nodes.put(change.path(), new NodeMeta(change.stat(), acl, change.childSum()));
        byte[] newData = change.data();
        if (newData != null) {
          data.put(change.path(), newData);
        }
      } else if (nodes.remove(change.path()) == null) {
        throw new IllegalArgumentException("deletion of no node: " + change.path());
      } else {
        data.remove(change.path());
      }
    }
  }

  /** The living nodes. Not to be modified. */
  public NavigableMap<String, NodeMeta> nodes() {
    return nodes;
  }

  public byte[] data(String path) {
    byte[] found = data.get(path);
    if (found == null) {
      throw new IllegalArgumentException("no node " + path);
    }
    return found;
  }

  /** The paths of a node's living children. */
  public List<String> children(String path) {
    return nodes.keySet().stream()
        .filter(p -> !p.equals(ZnodePath.ROOT) && path.equals(ZnodePath.parent(p)))
        .toList();
  }

  /** The ephemeral nodes of a session. */
  public List<String> ephemerals(long sessionId) {
    return nodes.entrySet().stream()
        .filter(e -> e.getValue().stat().ephemeralOwner() == sessionId)
        .map(Map.Entry::getKey)
        .toList();
  }
}
