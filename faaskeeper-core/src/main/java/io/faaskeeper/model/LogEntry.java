package io.faaskeeper.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one request in a {@link LogRecord}.
 *
 * @param zxid its zxid; every entry has one
 * @param session the state after it of the session that it belongs to; null if it is the service's
 *     own work
 * @param seq the session's sequence number that it answers; 0 for a creation, an attach, and what
 *     the session did not ask for
 * @param previousRecord the record that answered the session's request before this one, or 0:
 *     duplicates of a run of requests are answered by following it
 * @param answer whether {@code session.process()} waits for the answer
 * @param result what became of the request
 * @param nodes what changed, in order; the index in this list orders the events of one zxid
 * @param taken the process that loses the session by this entry (by an attach elsewhere, or a close
 *     not its own), or empty: it gets an event
 */
public record LogEntry(
    long zxid,
    @Nullable SessionState session,
    long seq,
    long previousRecord,
    boolean answer,
    Result result,
    List<NodeChange> nodes,
    String taken) {
  public LogEntry {
    nodes = List.copyOf(nodes);
    if (zxid <= 0) {
      throw new IllegalArgumentException("zxid " + zxid);
    }
    if (session != null && session.touched() != zxid) {
      throw new IllegalArgumentException(
          "zxid " + zxid + " leaves a session touched by " + session.touched());
    }
    if (session == null && (answer || !taken.isEmpty())) {
      throw new IllegalArgumentException(
          "zxid " + zxid + " answers or takes a session, and names none");
    }
  }

  /** An entry of the service's own work. */
  public static LogEntry ofService(long zxid, Result result, List<NodeChange> nodes) {
    return new LogEntry(zxid, null, 0, 0, false, result, nodes, "");
  }
}
