package io.faaskeeper.client;

import io.faaskeeper.model.Push;
import io.faaskeeper.model.Result;
import java.util.Set;

/**
 * Sessions that come to this process and leave it: opened or attached by it, closed since they are
 * silent, taken by another. To be used in tasks of the run queue.
 */
final class SessionMoves implements Connects.Opened {
  private final SessionConnection.Wiring wiring;
  private final Frontier frontier;
  private final ProcessLease lease;
  private final SessionCloser closer;
  private final SessionTable sessions;

  SessionMoves(SessionConnection.Wiring wiring, Frontier frontier, ProcessLease lease) {
    this.wiring = wiring;
    this.frontier = frontier;
    this.lease = lease;
    this.closer = new SessionCloser(wiring.sender());
    this.sessions = new SessionTable(wiring.queue(), this::silent);
  }

  /** Those that are here. */
  SessionTable sessions() {
    return sessions;
  }

  /**
   * Takes an answer to a request of a session.
   *
   * @param concerned gets the connection that it was for, to be pumped
   */
  void answered(Push.Answer answer, Set<SessionConnection> concerned) {
    HeldSession held = sessions.get(answer.sessionId());
    if (held == null || held.epoch != answer.epoch()) {
      closer.answered(answer);
      return;
    }
    SessionConnection connection = held.connection;
    if (connection != null) {
      connection.answered(answer);
      concerned.add(connection);
    } else if (!(answer.result() instanceof Result.Refused)) {
      held.answeredSeq = Math.max(held.answeredSeq, answer.seq());
    }
  }

  @Override
  public ConnectResult connect(
      Push.Answer answer, Result.SessionOpened opened, Connects.Wanted wanted) {
    HeldSession before = sessions.get(answer.sessionId());
    if (before != null && before.epoch >= opened.epoch()) {
      return new ConnectResult.Dropped("the session was attached again meanwhile");
    }
    if (before != null && before.connection != null) {
      before.connection.end("the session was attached again");
    }
    closer.forget(answer.sessionId());
    HeldSession held =
        new HeldSession(
            answer.sessionId(),
            answer.password(),
            opened.epoch(),
            opened.timeoutMillis(),
            answer.zxid(),
            wiring.queue().nanoTime());
    sessions.put(held);
    long view = Math.max(frontier.applied(), answer.zxid());
    SessionConnection connection = new SessionConnection(wiring, held, wanted.identity(), view);
    if (wanted.result().isDone()) {
      return new ConnectResult.Dropped("nobody waits for it any more");
    }
    held.connection = connection;
    return new ConnectResult.Connected(connection);
  }

  @Override
  public void refused() {
    lease.doubt();
  }

  private void silent(HeldSession session) {
    if (!lease.isValid()) {
      session.heard(wiring.queue().nanoTime());
      sessions.put(session);
      return;
    }
    if (session.connection != null) {
      session.connection.end("not heard from for " + session.timeoutMillis + " ms");
    }
    closer.close(session);
  }

  /** The session was taken, as the mailbox tells. */
  void taken(long zxid, long sessionId) {
    HeldSession held = sessions.get(sessionId);
    if (held == null || held.openedZxid >= zxid) {
      return;
    }
    sessions.remove(held);
    closer.forget(sessionId);
    SessionConnection connection = held.connection;
    if (connection != null) {
      wiring.queue().execute(() -> connection.end("the session was attached elsewhere, or closed"));
    }
  }
}
