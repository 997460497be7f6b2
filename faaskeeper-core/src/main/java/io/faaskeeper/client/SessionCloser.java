package io.faaskeeper.client;

import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes sessions whose clients fell silent. A close needs the session's next sequence number, of
 * which its process knows only a bound, since requests that were on their way when the connection
 * ended may have taken effect or not: an answer to another request says that the number was taken,
 * and the next one is tried. Each is sent under the epoch in which this process held the session,
 * so that it can't close one that was attached elsewhere meanwhile. To be used in tasks of the run
 * queue.
 */
final class SessionCloser {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCloser.class);

  private final Sender sender;
  private final Map<Long, Closing> closing = new HashMap<>();

  private static final class Closing {
    final HeldSession session;
    long seq;
    @Nullable Outgoing outgoing;

    Closing(HeldSession session) {
      this.session = session;
      this.seq = session.answeredSeq;
    }
  }

  SessionCloser(Sender sender) {
    this.sender = sender;
  }

  void close(HeldSession session) {
    LOG.info(
        "session {} was silent for {} ms: it is closed",
        Long.toHexString(session.id),
        session.timeoutMillis);
    Closing one = new Closing(session);
    closing.put(session.id, one);
    send(one);
  }

  private void send(Closing one) {
    one.seq++;
    one.outgoing =
        sender.send(
            new Request.OfSession(
                one.session.id,
                one.session.epoch,
                one.seq,
                List.of(),
                new Operation.CloseSession()),
            () -> true);
  }

  /** Takes an answer; tells whether it belongs to a session that is being closed. */
  boolean answered(Push.Answer answer) {
    Closing one = closing.get(answer.sessionId());
    if (one == null || one.session.epoch != answer.epoch()) {
      return false;
    }
    if (answer.seq() != one.seq) {
      return true;
    }
    sender.answered(Objects.requireNonNull(one.outgoing));
    Result result = answer.result();
    boolean over =
        result instanceof Result.SessionClosed
            || (result instanceof Result.Refused && !result.equals(Result.Refused.ANSWER_LOST))
            || result.code() == org.apache.zookeeper.KeeperException.Code.SESSIONEXPIRED;
    if (over) {
      closing.remove(answer.sessionId());
    } else {
      send(one);
    }
    return true;
  }

  /** The session is no longer this process's. */
  void forget(long sessionId) {
    Closing one = closing.remove(sessionId);
    if (one != null && one.outgoing != null) {
      sender.answered(one.outgoing);
    }
  }
}
