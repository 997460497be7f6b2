package io.faaskeeper.client;

import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;

/**
 * A request of a session and where it stands. To be used in tasks of the run queue.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>what ends it</th><th>next</th></tr>
 * <tr><td>WAITING</td><td>its turn comes</td><td>RUNNING</td></tr>
 * <tr><td>RUNNING</td><td>an answer at the view (a read) or with a zxid (a write, a sync)</td><td>ANSWERED
 * </td></tr>
 * <tr><td>RUNNING</td><td>a read finds storage ahead of the view</td><td>BEHIND</td></tr>
 * <tr><td>BEHIND</td><td>it is the first of the session, and the view has advanced</td><td>RUNNING
 * </td></tr>
 * <tr><td>RUNNING, BEHIND, ANSWERED</td><td>a read before it has advanced the view</td><td>WAITING
 * </td></tr>
 * <tr><td>ANSWERED</td><td>it is the first of the session, and the view has reached its zxid</td>
 * <td>told to the client</td></tr>
 * </table>
 */
final class Turn {
  /** What may run beside it. */
  enum Kind {
    /** Reads that come one after another. */
    READ,
    /** Writes that come one after another. */
    WRITE,
    /** A write that nothing follows. */
    LAST_WRITE,
    /** Nothing, but the view may move meanwhile. */
    SYNC,
    /** Nothing. */
    ALONE;

    static Kind of(ClientRequest request) {
      if (request instanceof ClientRequest.Write write) {
        return write.operation() instanceof Operation.CloseSession ? LAST_WRITE : WRITE;
      }
      if (request instanceof ClientRequest.Sync) {
        return SYNC;
      }
      return request instanceof ClientRequest.Read || request instanceof ClientRequest.MultiRead
          ? READ
          : ALONE;
    }

    boolean isWrite() {
      return this == WRITE || this == LAST_WRITE;
    }

    /** Whether it works at one view: it stands still meanwhile. */
    boolean holdsView() {
      return this == READ || this == ALONE;
    }
  }

  enum State {
    WAITING,
    RUNNING,
    BEHIND,
    ANSWERED
  }

  final ClientRequest request;
  final Kind kind;
  final CompletableFuture<Reply> reply = new CompletableFuture<>();
  State state = State.WAITING;

  /** The nodes on which it may arm a watch, and the subtrees, once it was started. */
  List<String> arming = List.of();

  List<String> armingSubtrees = List.of();

  // Of a read.
  @Nullable ReadOp operation;
  long behind;
  Code code = Code.OK;
  Reply.Body body = new Reply.None();

  /** The view it is told at, at least. */
  long zxid;

  // Of a write.
  long seq;
  @Nullable Outgoing outgoing;
  @Nullable Result result;

  Turn(ClientRequest request) {
    this.request = request;
    this.kind = Kind.of(request);
  }
}
