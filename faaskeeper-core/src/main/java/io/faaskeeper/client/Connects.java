package io.faaskeeper.client;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that are being opened or attached by a process. To be used in tasks of the run
 * queue.
 *
 * <p>One that is not answered for long is dropped for who asked, but goes on being sent for a
 * while: if it took effect, the process holds a session that it has to know of, so as to close it
 * when nobody comes for it.
 */
final class Connects {
  private static final Logger LOG = LoggerFactory.getLogger(Connects.class);
  private static final int ATTEMPTS_MAX = 12;

  /**
   * What somebody asked for. Whoever asks again for the same session takes the place of who asked
   * before.
   *
   * @param sessionId 0 for a new one
   * @param lastZxidSeen by the client, or told to the process on its behalf
   */
  record Wanted(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity,
      CompletableFuture<ConnectResult> result) {
    /** The same, when that zxid was seen. */
    Wanted since(long zxid) {
      return new Wanted(
          sessionId, password, timeoutMillis, Math.max(zxid, lastZxidSeen), identity, result);
    }
  }

  /** Makes a connection to a session that was opened or attached. */
  interface Opened {
    ConnectResult connect(Push.Answer answer, Result.SessionOpened opened, Wanted wanted);

    /** The service did not do it: perhaps because the process is fenced. */
    void refused();
  }

  private final Sender sender;
  private final RandomGenerator random;
  private final Opened opened;
  private final LongSupplier known;
  private final Consumer<Wanted> repeat;

  /**
   * By token, in the order in which they were asked for; a creation's token is its session's id.
   */
  private final Map<Long, Pending> pending = new LinkedHashMap<>();

  private static final class Pending {
    final Wanted wanted;
    final long sessionId;
    @Nullable Outgoing outgoing;
    int extraAttempts;

    Pending(Wanted wanted, long sessionId) {
      this.wanted = wanted;
      this.sessionId = sessionId;
    }
  }

  /**
   * For one process.
   *
   * @param known the last zxid that the process knows of
   * @param repeat asks again
   */
  Connects(
      Sender sender,
      RandomGenerator random,
      Opened opened,
      LongSupplier known,
      Consumer<Wanted> repeat) {
    this.sender = sender;
    this.random = random;
    this.opened = opened;
    this.known = known;
    this.repeat = repeat;
  }

  /** The shortest timeout of those wanted, or {@code Integer.MAX_VALUE}. */
  int shortestTimeoutMillis() {
    int shortest = Integer.MAX_VALUE;
    for (Pending one : pending.values()) {
      shortest = Math.min(shortest, one.wanted.timeoutMillis());
    }
    return shortest;
  }

  /** Takes note that a session is wanted; returns a token for {@link #send}. */
  long add(Wanted wanted) {
    long token = wanted.sessionId() == 0 ? newSessionId() : random.nextLong();
    long sessionId = wanted.sessionId() == 0 ? token : wanted.sessionId();
    pending.put(token, new Pending(wanted, sessionId));
    return token;
  }

  /** Positive, so that as a node's owner it can't mean a container or a TTL. */
  private long newSessionId() {
    long id = 0;
    while (id == 0) {
      id = random.nextLong() & Long.MAX_VALUE;
    }
    return id;
  }

  /** Sends the request: the lease is held. */
  void send(long token) {
    Pending one = pending.get(token);
    if (one != null && one.outgoing == null) {
      one.outgoing = sender.send(request(token, one), () -> unanswered(token, one));
    }
  }

  private Request request(long token, Pending one) {
    Wanted wanted = one.wanted;
    Operation operation =
        wanted.sessionId() == 0
            ? new Operation.CreateSession(wanted.timeoutMillis())
            : new Operation.AttachSession(
                wanted.password(),
                wanted.timeoutMillis(),
                Math.max(known.getAsLong(), wanted.lastZxidSeen()),
                token);
    return new Request.OfSession(one.sessionId, 0, 0, wanted.identity(), operation);
  }

  private boolean unanswered(long token, Pending one) {
    one.wanted.result().complete(new ConnectResult.Dropped("the service does not answer"));
    if (++one.extraAttempts <= ATTEMPTS_MAX) {
      return true;
    }
    LOG.warn("session {} was not answered for", Long.toHexString(one.sessionId));
    pending.remove(token);
    return false;
  }

  /** Takes the answer to a creation or an attach. */
  void answered(Push.Answer answer) {
    long token = answer.token() == 0 ? answer.sessionId() : answer.token();
    Pending one = pending.get(token);
    if (one == null || one.sessionId != answer.sessionId()) {
      return;
    }
    pending.remove(token);
    if (one.outgoing != null) {
      sender.answered(one.outgoing);
    }
    if (answer.result() instanceof Result.Failed failed && failed.code() == Code.SESSIONMOVED) {
      again(one.wanted.since(answer.zxid()));
    } else {
      one.wanted.result().complete(result(answer, one));
    }
  }

  /** The process did not know who had the session, and does now. */
  private void again(Wanted wanted) {
    if (!wanted.result().isDone()) {
      repeat.accept(wanted);
    }
  }

  private ConnectResult result(Push.Answer answer, Pending one) {
    if (answer.result() instanceof Result.SessionOpened result) {
      return opened.connect(answer, result, one.wanted);
    }
    if (answer.result() instanceof Result.Refused refused) {
      opened.refused();
      return new ConnectResult.Dropped(refused.reason());
    }
    return new ConnectResult.Expired();
  }

  /** The session went to another process: an attach of before must not take it back. */
  void taken(long sessionId) {
    List<Long> old = new ArrayList<>();
    pending.forEach(
        (token, one) -> {
          if (one.sessionId == sessionId && one.wanted.result().isDone()) {
            old.add(token);
          }
        });
    for (long token : old) {
      Pending one = pending.remove(token);
      if (one != null && one.outgoing != null) {
        sender.answered(one.outgoing);
      }
    }
  }

  /** Takes out those that somebody still waits for. */
  List<Wanted> clear() {
    List<Wanted> left = new ArrayList<>();
    for (Pending one : pending.values()) {
      if (!one.wanted.result().isDone()) {
        left.add(one.wanted);
      }
    }
    pending.clear();
    return left;
  }
}
