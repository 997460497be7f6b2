package io.faaskeeper.model;

import java.util.List;
import org.apache.zookeeper.KeeperException.Code;

/** What became of an {@link Operation}. */
public sealed interface Result {
  /** Logged, and had no effect. */
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
   * @param code {@code OK}, or that of the operation that failed
   */
  record MultiResult(Code code, List<Result> results) implements Result {
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
  record Refused(String reason) implements Result {}

  /** The code that ZooKeeper's reply header carries. */
  default Code code() {
    if (this instanceof Failed failed) {
      return failed.code();
    }
    return this instanceof MultiResult multi ? multi.code() : Code.OK;
  }
}
