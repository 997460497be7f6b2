package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;

/**
 * One request at work. Here as in {@link Creation} and {@link Deletion}, each method makes
 * ZooKeeper's checks in ZooKeeper's order, and changes the workspace only if all of them passed.
 */
final class Evaluation {
  private static final int ANY_VERSION = -1;

  private final Workspace tree;
  private final Caller caller;
  private final Creation creation;
  private final Deletion deletion;

  Evaluation(Workspace tree, Caller caller, boolean ttlNodes) {
    this.tree = tree;
    this.caller = caller;
    this.creation = new Creation(tree, caller, ttlNodes);
    this.deletion = new Deletion(tree, caller);
  }

  Result evaluate(Operation operation) {
    if (operation instanceof Operation.Simple simple) {
      return evaluate(simple);
    }
    if (operation instanceof Operation.SetAcl setAcl) {
      return setAcl(setAcl);
    }
    if (operation instanceof Operation.DeleteContainer delete) {
      return deletion.evaluate(delete);
    }
    if (operation instanceof Operation.Multi multi) {
      return multi(multi);
    }
    throw new IllegalArgumentException("not an operation on the tree: " + operation);
  }

  private Result evaluate(Operation.Simple operation) {
    if (operation instanceof Operation.Create create) {
      return creation.evaluate(create);
    }
    if (operation instanceof Operation.Delete delete) {
      return deletion.evaluate(delete);
    }
    if (operation instanceof Operation.SetData setData) {
      return setData(setData);
    }
    if (operation instanceof Operation.Check check) {
      return check(check);
    }
    throw new IllegalArgumentException("unknown " + operation);
  }

  private Result setData(Operation.SetData op) {
    if (!ZnodePath.isValid(op.path())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (caller.isForbidden(node, Perms.WRITE)) {
      return new Result.Failed(Code.NOAUTH);
    }
    int version = node.stat().version();
    if (isOther(version, op.version())) {
      return new Result.Failed(Code.BADVERSION);
    }
    NodeStat stat = tree.setData(op.path(), node, op.data(), version + 1, caller.timeMillis());
    return new Result.DataSet(EphemeralOwner.visible(stat));
  }

  private Result setAcl(Operation.SetAcl op) {
    if (!ZnodePath.isValid(op.path())) {
      return new Result.Failed(Code.BADARGUMENTS);
    }
    Optional<List<Acl>> acl = caller.fixUp(op.acl());
    if (acl.isEmpty()) {
      return new Result.Failed(Code.INVALIDACL);
    }
    NodeMeta node = tree.node(op.path());
    if (node == null) {
      return new Result.Failed(Code.NONODE);
    }
    if (caller.isForbidden(node, Perms.ADMIN)) {
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
    if (caller.isForbidden(node, Perms.READ)) {
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

  /** Whether a client that expects {@code expected} means another version. */
  static boolean isOther(int version, int expected) {
    return expected != ANY_VERSION && expected != version;
  }
}
