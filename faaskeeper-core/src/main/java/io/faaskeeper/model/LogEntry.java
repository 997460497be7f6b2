package io.faaskeeper.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one request in a {@link LogRecord}.
 *
 * @param zxid its zxid; every entry has one
 * @param sessionId the session, or 0 for the service's own work
 * @param epoch the owner epoch it was made in (for a creation or an attach: the one it begins)
 * @param seq its sequence number; 0 for a creation, an attach, and a close that the session did not
 *     ask for
 * @param previousRecord the record that answered the session's request before this one, or 0:
 *     duplicates of a run of requests are answered by following it
 * @param process the process to answer, or empty
 * @param result what became of it
 * @param nodes what changed, in order; the index in this list orders the events of one zxid
 * @param session the whole state of the session after this entry, if the entry creates, attaches or
 *     closes it; else null (it is then {@link SessionState#answered})
 * @param taken the process that loses the session by this entry (by an attach elsewhere, or a close
 *     not its own), or empty: it gets an event
 */
public record LogEntry(
    long zxid,
    long sessionId,
    int epoch,
    long seq,
    long previousRecord,
    String process,
    Result result,
    List<NodeChange> nodes,
    @Nullable SessionState session,
    String taken) {
  public LogEntry {
    nodes = List.copyOf(nodes);
    if (zxid <= 0) {
      throw new IllegalArgumentException("zxid " + zxid);
    }
  }
}
