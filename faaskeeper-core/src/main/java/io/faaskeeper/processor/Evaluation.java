package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.EphemeralType;
import org.jspecify.annotations.Nullable;

/**
 * One request at work. Each method makes ZooKeeper's checks in ZooKeeper's order, and changes the
 * workspace only if all of them passed.
 */
final class Evaluation {
  private static final int ANY_VERSION = -1;

  private final Workspace tree;
  private final Limits limits;
  private final WriteContext ctx;
  private final List<Acl> identities;

  Evaluation(Workspace tree, Limits limits, WriteContext ctx, List<Acl> identities) {
    this.tree = tree;
    this.limits = limits;
    this.ctx = ctx;
    this.identities = identities;
  }

  Result evaluate(Operation operation) {
    if (operation instanceof Operation.Simple simple) {
      return evaluate(simple);
    }
    if (operation instanceof Operation.SetAcl setAcl) {
      return setAcl(setAcl);
    }
    if (operation instanceof Operation.DeleteContainer delete) {
      return deleteContainer(delete);
    }
    if (operation instanceof Operation.Multi multi) {
      return multi(multi);
    }
    throw new IllegalArgumentException("not an operation on the tree: " + operation);
  }

  private Result evaluate(Operation.Simple operation) {
    if (operation instanceof Operation.Create create) {
      return create(create);
    }
    if (operation instanceof Operation.Delete delete) {
      return delete(delete);
    }
    if (operation instanceof Operation.SetData setData) {
      return setData(setData);
    }
    if (operation instanceof Operation.Check check) {
      return check(check);
    }
    throw new IllegalArgumentException("unknown " + operation);
  }

  private Result create(Operation.Create op) {
    CreateMode mode = op.mode();
    if (mode.isTTL() && !limits.ttlNodes()) {
      return new Result.Failed(Code.UNIMPLEMENTED);
    }
    if (mode.isTTL() && !EphemeralOwner.isTtl(op.ttlMillis())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    if (mode.isEphemeral() && !EphemeralOwner.isSessionId(ctx.sessionId())) {
      return new Result.Failed(Code.SESSIONEXPIRED);
    }
    String parentPath = ZnodePath.parent(op.path());
    if (parentPath == null) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    Optional<List<Acl>> acl = fixUp(op.acl());
    if (acl.isEmpty()) {
      return new Result.Failed(Code.INVALIDACL);
    }
    NodeMeta parent = tree.node(parentPath);
    if (parent == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isForbidden(parent, Perms.CREATE)) {
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
    NodeStat stat = tree.create(path, op.data(), acl.get(), owner(op), ctx.timeMillis());
    return new Result.Created(path, EphemeralOwner.visible(stat));
  }

  private long owner(Operation.Create op) {
    if (op.mode().isContainer()) {
      return EphemeralType.CONTAINER_EPHEMERAL_OWNER;
    }
    if (op.mode().isTTL()) {
      return EphemeralType.TTL.toEphemeralOwner(op.ttlMillis());
    }
    return op.mode().isEphemeral() ? ctx.sessionId() : 0;
  }

  /**
   * The number of children ever created, which is what ZooKeeper counts inside: the cversion that
   * clients see counts deletions too.
   */
  private static String sequenceNumber(NodeStat parent) {
    return String.format(Locale.ENGLISH, "%010d", (parent.cversion() + parent.numChildren()) >>> 1);
  }

  private Result delete(Operation.Delete op) {
    String parentPath = parentOfDeletable(op.path());
    if (parentPath == null) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta parent = tree.node(parentPath);
    if (parent == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isForbidden(parent, Perms.DELETE)) {
      return new Result.Failed(Code.NOAUTH);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isOther(node.stat().version(), op.version())) {
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
  private Result deleteContainer(Operation.DeleteContainer op) {
    if (parentOfDeletable(op.path()) == null) {
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
    boolean ofService = ctx.sessionId() == 0;
    if (EphemeralOwner.typeOf(stat.ephemeralOwner()) == EphemeralType.NORMAL
        || (ofService && !EphemeralOwner.isDue(stat, ctx.timeMillis()))) {
      return new Result.Failed(Code.BADVERSION);
    }
    tree.delete(op.path(), node);
    return new Result.Deleted();
  }

  private Result setData(Operation.SetData op) {
    if (!ZnodePath.isValid(op.path())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isForbidden(node, Perms.WRITE)) {
      return new Result.Failed(Code.NOAUTH);
    }
    int version = node.stat().version();
    if (isOther(version, op.version())) {
      return new Result.Failed(Code.BADVERSION);
    }
    NodeStat stat = tree.setData(op.path(), node, op.data(), version + 1, ctx.timeMillis());
    return new Result.DataSet(EphemeralOwner.visible(stat));
  }

  private Result setAcl(Operation.SetAcl op) {
    if (!ZnodePath.isValid(op.path())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    Optional<List<Acl>> acl = fixUp(op.acl());
    if (acl.isEmpty()) {
      return new Result.Failed(Code.INVALIDACL);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isForbidden(node, Perms.ADMIN)) {
      return new Result.Failed(Code.NOAUTH);
    }
    int aversion = node.stat().aversion();
    if (isOther(aversion, op.version())) {
      return new Result.Failed(Code.BADVERSION);
    }
    NodeStat stat = tree.setAcl(op.path(), node, acl.get(), aversion + 1);
    return new Result.AclSet(EphemeralOwner.visible(stat));
  }

  private Result check(Operation.Check op) {
    if (!ZnodePath.isValid(op.path())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (isForbidden(node, Perms.READ)) {
      return new Result.Failed(Code.NOAUTH);
    }
    return isOther(node.stat().version(), op.version())
        ? new Result.Failed(Code.BADVERSION)
        : new Result.Checked();
  }

  private Result multi(Operation.Multi multi) {
    List<Result> results = new ArrayList<>();
    for (Operation.Simple op : multi.operations()) {
      Result result = evaluate(op);
      results.add(result);
      if (result instanceof Result.Failed failed) {
        return failedMulti(failed, results.size() - 1, multi.operations().size());
      }
    }
    return new Result.MultiResult(Code.OK, results);
  }

  private static Result failedMulti(Result.Failed failed, int place, int size) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Code other = i < place ? Code.OK : Code.RUNTIMEINCONSISTENCY;
      results.add(i == place ? failed : new Result.Failed(other));
    }
    return new Result.MultiResult(failed.code(), results);
  }

  private Optional<List<Acl>> fixUp(List<Acl> acl) {
    return AclRules.fixUp(acl, identities)
        .filter(fixed -> Codec.encodeAcl(fixed).length <= limits.maxAclBytes());
  }

  private boolean isForbidden(NodeMeta node, int perm) {
    return !AclRules.permits(node.acl(), perm, identities);
  }

  private static boolean isOther(int version, int expected) {
    return expected != ANY_VERSION && expected != version;
  }

  private static @Nullable String parentOfDeletable(String path) {
    return ZnodePath.RESERVED.contains(path) ? null : ZnodePath.parent(path);
  }
}
