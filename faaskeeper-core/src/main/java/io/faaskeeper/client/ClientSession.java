package io.faaskeeper.client;

import java.util.concurrent.CompletionStage;

/**
 * One connection to a session: from when it was opened or attached until it is disconnected, closed
 * or taken. All methods are thread-safe and never block; the order of requests is that of the calls
 * to {@link #submit}.
 */
public interface ClientSession {
  long id();

  /** 16 bytes; not to be modified. */
  byte[] password();

  /** The negotiated timeout. */
  int timeoutMillis();

  /** The view: what the client saw last. */
  long lastZxid();

  /**
   * Sets who is told of events. To be called once, before the first {@link #submit}; calls back
   * what came meanwhile.
   */
  void listen(SessionListener listener);

  /**
   * Puts a request after those before it. Stages complete in the order of the calls, in turn with
   * the listener's events. That may be before this returns, and later events may be handed over by
   * then too: who adds to the stage afterwards finds their order by the zxids. A stage completes
   * exceptionally with {@link ConnectionEndedException} if the connection ended before. After the
   * answer to a {@link io.faaskeeper.model.Operation.CloseSession} the connection is over.
   */
  CompletionStage<Reply> submit(ClientRequest request);

  /**
   * The client was heard from. To be called for each packet, pings too; {@link #submit} does it by
   * itself.
   *
   * @return whether the process holds its lease, so that a ping may be answered
   */
  boolean touch();

  /**
   * The connection is gone, without a word. The session lives on until its timeout, and may be
   * attached again.
   */
  void disconnect();
}
