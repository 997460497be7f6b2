package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.SessionState;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks the connections of one client, in their order: each for itself, and that a session goes on
 * where the client had seen it, and is not answered after its end.
 */
final class ConnectionCheck {
  private final LogTruth truth;
  private final WriteCheck writes;
  private final Map<Long, Long> closed = new HashMap<>();

  ConnectionCheck(LogTruth truth) {
    this.truth = truth;
    this.writes = new WriteCheck(truth);
    for (LogEntry entry : truth.entries()) {
      SessionState session = entry.session();
      if (session != null && session.status() == SessionState.Status.CLOSED) {
        closed.putIfAbsent(session.id(), entry.zxid());
      }
    }
  }

  /** A violation is an AssertionError. */
  void check(SimulatedClient.Connection connection) {
    if (connection.firstView() < connection.seenBefore()) {
      throw new AssertionError(
          "attached at " + connection.firstView() + " after it saw " + connection.seenBefore());
    }
    new HistoryCheck(truth, connection.sessionId(), connection.firstView())
        .check(connection.told());
    long end = closed.getOrDefault(connection.sessionId(), Long.MAX_VALUE);
    for (HistoryCheck.Told told : connection.told()) {
      if (told instanceof HistoryCheck.Answer answer) {
        if (answer.reply().zxid() > end) {
          throw new AssertionError("closed at " + end + ", then " + Describe.text(answer));
        }
        if (answer.request() instanceof ClientRequest.Write write) {
          writes.check(connection.sessionId(), write.operation(), answer.reply());
        }
      }
    }
  }
}
