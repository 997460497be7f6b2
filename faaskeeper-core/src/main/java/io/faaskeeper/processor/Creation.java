package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.EphemeralType;

/** Creates nodes, in every mode. */
final class Creation {
  private final Workspace tree;
  private final Caller caller;
  private final boolean ttlNodes;

  Creation(Workspace tree, Caller caller, boolean ttlNodes) {
    this.tree = tree;
    this.caller = caller;
    this.ttlNodes = ttlNodes;
  }

  Result evaluate(Operation.Create op) {
    CreateMode mode = op.mode();
    if (mode.isTTL() && !ttlNodes) {
      return new Result.Failed(Code.UNIMPLEMENTED);
    }
    if (mode.isTTL() && !EphemeralOwner.isTtl(op.ttlMillis())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    if (mode.isEphemeral() && !EphemeralOwner.isSessionId(caller.sessionId())) {
      return new Result.Failed(Code.SESSIONEXPIRED);
    }
    String parentPath = ZnodePath.parent(op.path());
    if (parentPath == null) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    Optional<List<Acl>> acl = caller.fixUp(op.acl());
    if (acl.isEmpty()) {
      return new Result.Failed(Code.INVALIDACL);
    }
    NodeMeta parent = tree.node(parentPath);
    if (parent == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (caller.isForbidden(parent, Perms.CREATE)) {
      return new Result.Failed(Code.NOAUTH);
    }
    String path = mode.isSequential() ? op.path() + sequenceNumber(parent.stat()) : op.path();
    if (!tree.isStorable(path)) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    if (tree.node(path) != null) {
      return new Result.Failed(Code.NODEEXISTS);
    }
    if (EphemeralOwner.typeOf(parent.stat().ephemeralOwner()) == EphemeralType.NORMAL) {
      return new Result.Failed(Code.NOCHILDRENFOREPHEMERALS);
    }
    NodeStat stat = tree.create(path, op.data(), acl.get(), owner(op), caller.timeMillis());
    return new Result.Created(path, EphemeralOwner.visible(stat));
  }

  private long owner(Operation.Create op) {
    if (op.isContainer()) {
      return EphemeralType.CONTAINER_EPHEMERAL_OWNER;
    }
    if (op.mode().isTTL()) {
      return EphemeralType.TTL.toEphemeralOwner(op.ttlMillis());
    }
    return op.mode().isEphemeral() ? caller.sessionId() : 0;
  }

  /**
   * The number of children ever created, which is what ZooKeeper counts inside: the cversion that
   * clients see counts deletions too. After 2^31 it begins anew, where ZooKeeper's turns negative.
   */
  private static String sequenceNumber(NodeStat parent) {
    return String.format(Locale.ENGLISH, "%010d", (parent.cversion() + parent.numChildren()) >>> 1);
  }
}
