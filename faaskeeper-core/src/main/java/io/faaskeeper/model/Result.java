package io.faaskeeper.model;

import java.util.List;
import org.apache.zookeeper.KeeperException.Code;

/** What became of an {@link Operation}. */
public sealed interface Result {
  /**
   * Logged, and had no effect.
   *
   * @param code what is wrong; also the code of the reply header
   */
  record Failed(Code code) implements Result {}

  /**
   * A {@link Operation.Create} that succeeded.
   *
   * @param path the path created, with its sequence number
   */
  record Created(String path, NodeStat stat) implements Result {}

  record Deleted() implements Result {}

  record DataSet(NodeStat stat) implements Result {}

  record AclSet(NodeStat stat) implements Result {}

  record Checked() implements Result {}

  /**
   * A multi: one result for each operation. If it failed, each is a {@link Failed}, with the codes
   * that ZooKeeper gives ({@code OK} before the operation that failed, {@code RUNTIMEINCONSISTENCY}
   * after it).
   *
   * @param failure {@code OK}, or the code of the operation that failed
   */
  record MultiResult(Code failure, List<Result> results) implements Result {
    public MultiResult {
      results = List.copyOf(results);
    }
  }

  /**
   * A session was created or attached.
   *
   * @param epoch the owner epoch, from 1
   */
  record SessionOpened(int epoch, int timeoutMillis) implements Result {}

  record SessionClosed() implements Result {}

  /**
   * Not logged, and had no effect: a gap in the sequence numbers, an old epoch, an attach from the
   * future, an answer that the log no longer holds. It ends the connection it belongs to, never the
   * session.
   */
  record Refused(String reason) implements Result {
    /** The request took effect, and the log no longer holds its answer. */
    public static final Refused ANSWER_LOST = new Refused("its answer is not in the log any more");
  }

  /**
   * The code that ZooKeeper's reply header carries. It is {@code OK} with every {@link
   * MultiResult}: a client that finds an error there does not read the results.
   */
  default Code code() {
    return Code.OK;
  }
}
