package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Compares the answer to a write with the log, and with a {@link SequentialModel} of ZooKeeper:
 * what was acknowledged is there, what failed changed nothing, and all that changed is what the
 * request changes.
 */
final class WriteCheck {
  private final LogTruth truth;

  WriteCheck(LogTruth truth) {
    this.truth = truth;
  }

  /** A violation is an AssertionError. */
  void check(long sessionId, Operation operation, Reply reply) {
    LogEntry entry = truth.entry(reply.zxid());
    if (entry == null || entry.session() == null || entry.session().id() != sessionId) {
      throw violation("acknowledged, and not in the log", operation, reply);
    }
    if (reply.body() instanceof Reply.Written written && !written.result().equals(entry.result())) {
      throw violation("the log has another result, " + entry.result(), operation, reply);
    }
    boolean failed =
        reply.code() != Code.OK
            || (entry.result() instanceof Result.MultiResult multi && multi.failure() != Code.OK);
    if (failed && !entry.nodes().isEmpty()) {
      throw violation("failed, and changed " + entry.nodes(), operation, reply);
    }
    if (operation instanceof Operation.CloseSession) {
      return;
    }
    SequentialModel model = new SequentialModel(truth, reply.zxid() - 1, sessionId);
    Code right =
        operation instanceof Operation.Multi multi
            ? multi(model, multi, (Result.MultiResult) entry.result(), reply)
            : single(model, operation, entry.result(), reply);
    if (right == Code.OK) {
      checkEffect(model, operation, entry, reply);
    }
  }

  private static Code single(
      SequentialModel model, Operation operation, Result result, Reply reply) {
    String created = result instanceof Result.Created c ? c.path() : "";
    Code right = model.apply(operation, created);
    if (right != reply.code()) {
      throw violation("ZooKeeper answers " + right, operation, reply);
    }
    return right;
  }

  private static Code multi(
      SequentialModel model, Operation.Multi multi, Result.MultiResult result, Reply reply) {
    List<Operation.Simple> operations = multi.operations();
    for (int i = 0; i < operations.size(); i++) {
      String created = result.results().get(i) instanceof Result.Created c ? c.path() : "";
      Code right = model.apply(operations.get(i), created);
      if (right != Code.OK) {
        if (result.failure() != right
            || !result.results().get(i).equals(new Result.Failed(right))) {
          throw violation("of its part " + i + " ZooKeeper answers " + right, multi, reply);
        }
        return right;
      }
    }
    if (result.failure() != Code.OK) {
      throw violation("ZooKeeper does all of it", multi, reply);
    }
    return Code.OK;
  }

  private void checkEffect(
      SequentialModel model, Operation operation, LogEntry entry, Reply reply) {
    String difference = model.unlike(reply.zxid());
    if (!difference.isEmpty()) {
      throw violation("its effect is not in the log: " + difference, operation, reply);
    }
    for (NodeChange change : entry.nodes()) {
      if (!model.knows(change.path())) {
        throw violation("it changes " + change.path(), operation, reply);
      }
    }
  }

  private static AssertionError violation(String what, Operation operation, Reply reply) {
    return new AssertionError(what + ": " + operation + " -> " + reply);
  }
}
