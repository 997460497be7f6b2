package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeChange.Kind;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.processor.TreeView.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tree as one request sees it: a view, and over it what the request has changed so far. A node
 * of which the view knows nothing is taken for absent and noted as missing; then what was decided
 * counts for nothing. Not thread-safe.
 */
final class Workspace {
  private final TreeView view;
  private final Limits limits;
  private final long zxid;
  private final Map<String, Optional<NodeMeta>> nodes = new HashMap<>();
  private final Map<String, Optional<NodeMeta>> changed = new HashMap<>();
  private final Set<String> missing = new TreeSet<>();
  private final List<NodeChange> changes = new ArrayList<>();

  Workspace(TreeView view, Limits limits, long zxid) {
    this.view = view;
    this.limits = limits;
    this.zxid = zxid;
  }

  /** Paths that were asked for and that the view did not know. */
  Set<String> missing() {
    return missing;
  }

  List<NodeChange> changes() {
    return changes;
  }

  int changedNodes() {
    return changed.size();
  }

  boolean isStorable(String path) {
    return ZnodePath.isValid(path) && ZnodePath.bytes(path) <= limits.maxPathBytes();
  }

  /** The node as it is now, or null if there is none. */
  @Nullable NodeMeta node(String path) {
    Optional<NodeMeta> now = changed.get(path);
    return (now != null ? now : nodes.computeIfAbsent(path, this::look)).orElse(null);
  }

  private Optional<NodeMeta> look(String path) {
    if (!isStorable(path)) {
      return Optional.empty();
    }
    Lookup found = view.node(path);
    if (found instanceof Lookup.Present present) {
      return Optional.of(present.meta());
    }
    if (found instanceof Lookup.Unknown && !isImpossible(path)) {
      missing.add(path);
    }
    return Optional.empty();
  }

  /**
   * Whether the parent was looked at, and had no children: who creates needs no look at the child.
   */
  private boolean isImpossible(String path) {
    String parentPath = ZnodePath.parent(path);
    Optional<NodeMeta> parent = nodes.get(parentPath);
    return parent != null
        && !missing.contains(parentPath)
        && parent.map(p -> p.stat().numChildren()).orElse(0) == 0;
  }

  /** Adds a node under a living parent. */
  NodeStat create(String path, byte @Nullable [] data, List<Acl> acl, long owner, long timeMillis) {
    NodeStat stat =
        new NodeStat(zxid, zxid, timeMillis, timeMillis, 0, 0, 0, owner, length(data), 0, zxid);
    change(path, Kind.CREATED, new NodeMeta(stat, acl, 0), orEmpty(data));
    changeParent(path, 1, NodeMeta.childHash(ZnodePath.name(path), zxid));
    return stat;
  }

  /** Removes a living node. */
  void delete(String path, NodeMeta node) {
    changes.add(new NodeChange(path, Kind.DELETED, node.stat(), node.childSum(), node.acl(), null));
    changed.put(path, Optional.empty());
    changeParent(path, -1, -NodeMeta.childHash(ZnodePath.name(path), node.stat().czxid()));
  }

  NodeStat setData(
      String path, NodeMeta node, byte @Nullable [] data, int version, long timeMillis) {
    NodeStat stat = node.stat().withData(zxid, timeMillis, version, length(data));
    change(path, Kind.DATA, new NodeMeta(stat, node.acl(), node.childSum()), orEmpty(data));
    return stat;
  }

  private static int length(byte @Nullable [] data) {
    return data == null ? NodeStat.NO_DATA : data.length;
  }

  private static byte[] orEmpty(byte @Nullable [] data) {
    return data == null ? new byte[0] : data;
  }

  NodeStat setAcl(String path, NodeMeta node, List<Acl> acl, int aversion) {
    NodeStat stat = node.stat().withAcl(aversion);
    change(path, Kind.ACL, new NodeMeta(stat, acl, node.childSum()), null);
    return stat;
  }

  private void changeParent(String path, int count, long hash) {
    String parentPath = ZnodePath.parent(path);
    NodeMeta parent = parentPath == null ? null : node(parentPath);
    if (parentPath == null || parent == null) {
      throw new IllegalStateException("a change of a node without a parent");
    }
    NodeStat old = parent.stat();
    NodeStat stat = old.withChildren(zxid, old.cversion() + 1, old.numChildren() + count);
    change(
        parentPath,
        Kind.CHILDREN,
        new NodeMeta(stat, parent.acl(), parent.childSum() + hash),
        null);
  }

  private void change(String path, Kind kind, NodeMeta meta, byte @Nullable [] data) {
    boolean withAcl =
        kind == Kind.CREATED || kind == Kind.ACL || !AclRules.anyoneMayRead(meta.acl());
    changes.add(
        new NodeChange(
            path, kind, meta.stat(), meta.childSum(), withAcl ? meta.acl() : null, data));
    changed.put(path, Optional.of(meta));
  }
}
