package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a write does: pure, and as ZooKeeper 3.9's server does it, error for error. Where
 * ZooKeeper reads a property or drops a connection, {@link Limits} says what happens here.
 * Thread-safe.
 */
public final class WriteProcessor {
  private final Limits limits;
  private final @Nullable String superDigest;

  /**
   * @param superDigest see {@link AclRules#identities(List, String)}
   */
  public WriteProcessor(Limits limits, @Nullable String superDigest) {
    this.limits = limits;
    this.superDigest = superDigest;
  }

  /**
   * What {@code operation} does to the tree. One that changes or holds more than the limits allow
   * fails as a whole with {@code MARSHALLINGERROR}, what ZooKeeper says of a request that it can't
   * take. A check that is not part of a multi is {@code UNIMPLEMENTED}, as there.
   *
   * @throws IllegalArgumentException if the operation is one of the three on sessions
   */
  public Verdict process(TreeView view, Operation operation, WriteContext ctx) {
    if (operation instanceof Operation.Check) {
      return failed(Code.UNIMPLEMENTED);
    }
    if (Sizes.of(operation) > limits.maxRequestBytes()) {
      return failed(Code.MARSHALLINGERROR);
    }
    Workspace tree = new Workspace(view, limits, ctx.zxid());
    pathsNeeded(operation).forEach(tree::node);
    if (!tree.missing().isEmpty()) {
      return new Verdict.Missing(tree.missing());
    }
    List<Acl> identities = AclRules.identities(ctx.credentials(), superDigest);
    Caller caller = new Caller(ctx, identities, limits.maxAclBytes());
    Result result = new Evaluation(tree, caller, limits.ttlNodes()).evaluate(operation);
    if (!tree.missing().isEmpty()) {
      return new Verdict.Missing(tree.missing());
    }
    if (hasFailed(result)) {
      return new Verdict.Decided(result, List.of());
    }
    boolean tooLarge =
        tree.changedNodes() > limits.maxChangedNodes()
            || Sizes.of(tree.changes()) > limits.maxChangeBytes();
    return tooLarge ? failed(Code.MARSHALLINGERROR) : new Verdict.Decided(result, tree.changes());
  }

  /**
   * What the end of a session does to its ephemeral nodes.
   *
   * @param paths hints where they are: those that do not exist, or belong to somebody else, are
   *     left alone. They are deleted in this order.
   */
  public Verdict deleteEphemerals(TreeView view, List<String> paths, long sessionId, long zxid) {
    if (!EphemeralOwner.isSessionId(sessionId)) {
      throw new IllegalArgumentException("no session: " + sessionId);
    }
    Workspace tree = new Workspace(view, limits, zxid);
    for (String path : paths) {
      NeededPaths.withParent(path).forEach(tree::node);
    }
    if (!tree.missing().isEmpty()) {
      return new Verdict.Missing(tree.missing());
    }
    for (String path : paths) {
      NodeMeta node = tree.node(path);
      if (node != null && node.stat().ephemeralOwner() == sessionId) {
        tree.delete(path, node);
      }
    }
    return new Verdict.Decided(new Result.SessionClosed(), tree.changes());
  }

  /**
   * The paths that {@code operation} is certain to ask its view for, as far as they can be named
   * before it: to be looked up together. Parents come first.
   */
  public static Set<String> pathsNeeded(Operation operation) {
    return NeededPaths.of(operation);
  }

  private static boolean hasFailed(Result result) {
    return result instanceof Result.Failed
        || (result instanceof Result.MultiResult multi && multi.failure() != Code.OK);
  }

  private static Verdict failed(Code code) {
    return new Verdict.Decided(new Result.Failed(code), List.of());
  }
}
