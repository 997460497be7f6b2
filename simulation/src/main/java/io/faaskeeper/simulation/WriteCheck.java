package io.faaskeeper.simulation;

import io.faaskeeper.client.Reply;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.Arrays;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Compares the answer to a write with the log, and with a plain sequential model of ZooKeeper that
 * looks at the state before it: what was acknowledged is there, what failed changed nothing.
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
    if (operation instanceof Operation.Simple simple) {
      Code right = codeOf(simple, reply.zxid() - 1);
      if (right != reply.code()) {
        throw violation("ZooKeeper answers " + right, operation, reply);
      }
      if (right == Code.OK) {
        checkEffect(simple, reply);
      }
    }
  }

  /** What ZooKeeper answers in the state at a zxid. */
  private Code codeOf(Operation.Simple operation, long zxid) {
    LogTruth.State node = truth.at(operation.path(), zxid);
    if (operation instanceof Operation.Create create) {
      LogTruth.State parent = truth.at(parent(create.path()), zxid);
      if (!parent.alive() && !parent(create.path()).equals("/")) {
        return Code.NONODE;
      }
      if (node.alive() && !create.mode().isSequential()) {
        return Code.NODEEXISTS;
      }
      return parent.alive() && parent.stat().ephemeralOwner() != 0
          ? Code.NOCHILDRENFOREPHEMERALS
          : Code.OK;
    }
    if (!node.alive()) {
      return Code.NONODE;
    }
    if (operation instanceof Operation.Delete delete) {
      if (differs(delete.version(), node)) {
        return Code.BADVERSION;
      }
      return truth.children(delete.path(), zxid).isEmpty() ? Code.OK : Code.NOTEMPTY;
    }
    int version =
        operation instanceof Operation.SetData set
            ? set.version()
            : ((Operation.Check) operation).version();
    return differs(version, node) ? Code.BADVERSION : Code.OK;
  }

  private static boolean differs(int version, LogTruth.State node) {
    return version != -1 && version != node.stat().version();
  }

  private void checkEffect(Operation.Simple operation, Reply reply) {
    boolean right = true;
    if (operation instanceof Operation.SetData set) {
      LogTruth.State after = truth.at(set.path(), reply.zxid());
      right =
          Arrays.equals(after.data(), set.data())
              && after.stat().mzxid() == reply.zxid()
              && after.stat().version()
                  == truth.at(set.path(), reply.zxid() - 1).stat().version() + 1;
    } else if (operation instanceof Operation.Create create
        && reply.body() instanceof Reply.Written written
        && written.result() instanceof Result.Created created) {
      LogTruth.State after = truth.at(created.path(), reply.zxid());
      right =
          created.path().startsWith(create.path())
              && after.alive()
              && after.stat().czxid() == reply.zxid()
              && Arrays.equals(after.data(), create.data());
    } else if (operation instanceof Operation.Delete delete) {
      right = !truth.at(delete.path(), reply.zxid()).alive();
    }
    if (!right) {
      throw violation("its effect is not in the log", operation, reply);
    }
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  private static AssertionError violation(String what, Operation operation, Reply reply) {
    return new AssertionError(what + ": " + operation + " -> " + reply);
  }
}
