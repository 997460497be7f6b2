package io.faaskeeper.processor;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.EphemeralType;
import org.jspecify.annotations.Nullable;

/** Deletes nodes by name: for clients, and in place of ZooKeeper's container manager. */
final class Deletion {
  private final Workspace tree;
  private final Caller caller;

  Deletion(Workspace tree, Caller caller) {
    this.tree = tree;
    this.caller = caller;
  }

  Result evaluate(Operation.Delete op) {
    String parentPath = parent(op.path());
    if (parentPath == null) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta parent = tree.node(parentPath);
    if (parent == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (caller.isForbidden(parent, Perms.DELETE)) {
      return new Result.Failed(Code.NOAUTH);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (Evaluation.isOther(node.stat().version(), op.version())) {
      return new Result.Failed(Code.BADVERSION);
    }
    if (node.stat().numChildren() > 0) {
      return new Result.Failed(Code.NOTEMPTY);
    }
    tree.delete(op.path(), node);
    return new Result.Deleted();
  }

  /**
   * ZooKeeper leaves the choice of the nodes to its container manager and lets this through for
   * whoever sends it, on plain nodes too and whatever the ACL; only the service's own wish is
   * examined again.
   */
  Result evaluate(Operation.DeleteContainer op) {
    if (parent(op.path()) == null) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    NodeStat stat = node.stat();
    if (stat.numChildren() > 0) {
      return new Result.Failed(Code.NOTEMPTY);
    }
    if (EphemeralOwner.typeOf(stat.ephemeralOwner()) == EphemeralType.NORMAL
        || (caller.isService() && !EphemeralOwner.isDue(stat, caller.timeMillis()))) {
      return new Result.Failed(Code.BADVERSION);
    }
    tree.delete(op.path(), node);
    return new Result.Deleted();
  }

  /** The parent, or null if the path is reserved or has none. */
  private static @Nullable String parent(String path) {
    return ZnodePath.RESERVED.contains(path) ? null : ZnodePath.parent(path);
  }
}
