package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens and attaches the sessions of one client. What is in flight survives the connection that
 * asked for it: a client that gave up waiting and asks again gets the same session, so that a slow
 * start does not leave a trail of them.
 *
 * <p>Thread-safe. A client has one connection at a time, so at most one attempt is in flight.
 */
final class SessionOpener {
  /** One request for a session, and what becomes of it. */
  record Attempt(ConnectRequest request, CompletionStage<ConnectResult> result) {}

  private final ClientRuntime runtime;
  private final Supplier<List<Credential>> identity;
  private @Nullable Attempt unclaimed;
  private boolean closed;

  SessionOpener(ClientRuntime runtime, Supplier<List<Credential>> identity) {
    this.runtime = runtime;
    this.identity = identity;
  }

  /** Joins the attempt in flight if it is for the same session, else begins one. */
  Attempt open(ConnectRequest request) {
    Attempt earlier;
    synchronized (this) {
      earlier = unclaimed;
      if (earlier != null && earlier.request.asksForTheSameAs(request)) {
        return earlier;
      }
      unclaimed = null;
    }
    if (earlier != null) {
      abandon(earlier);
    }
    Attempt attempt = new Attempt(request, begin(request));
    synchronized (this) {
      if (!closed) {
        unclaimed = attempt;
        return attempt;
      }
    }
    abandon(attempt);
    return attempt;
  }

  /**
   * The attempt has served its purpose: a connection took its session, or there is none.
   *
   * @return whether it was there to be claimed; else its session is not the caller's
   */
  synchronized boolean claim(Attempt attempt) {
    boolean there = attempt.equals(unclaimed);
    if (there) {
      unclaimed = null;
    }
    return there;
  }

  /** The client is gone for good. */
  void close() {
    Attempt left;
    synchronized (this) {
      closed = true;
      left = unclaimed;
      unclaimed = null;
    }
    if (left != null) {
      abandon(left);
    }
  }

  private CompletionStage<ConnectResult> begin(ConnectRequest request) {
    return request.sessionId() == 0
        ? runtime.open(request.timeoutMillis(), identity.get())
        : runtime.attach(
            request.sessionId(),
            request.password(),
            request.timeoutMillis(),
            request.lastZxidSeen(),
            identity.get());
  }

  /** Nobody knows a new session that nobody was told of; an old one is only let go. */
  private static void abandon(Attempt attempt) {
    attempt.result.thenAccept(
        result -> {
          if (result instanceof ConnectResult.Connected connected) {
            ClientSession session = connected.session();
            if (attempt.request.sessionId() == 0) {
              session.submit(new ClientRequest.Write(new Operation.CloseSession()));
            } else {
              session.disconnect();
            }
          }
        });
    if (attempt.request.sessionId() != 0) {
      // An attach that was not answered yet is not to be repeated: the client may be elsewhere.
      attempt
          .result
          .toCompletableFuture()
          .complete(new ConnectResult.Dropped("nobody waits for it any more"));
    }
  }
}
