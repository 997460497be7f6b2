package io.faaskeeper.zookeeper.gateway.net;

import java.time.Duration;

/**
 * The bounds of connections.
 *
 * @param perHost connections from one address, 0 for any number
 * @param total connections in all, 0 for any number
 * @param unanswered requests of one connection that may be under way
 * @param handshakeTime from the connection to the request for a session
 */
public record ConnectionLimits(int perHost, int total, int unanswered, Duration handshakeTime) {
  /** Requests of one connection that are under way, in bytes, before it has to wait for all. */
  static final int UNANSWERED_MAX_BYTES = 16 << 20;

  /** What waits to be taken by the client before its requests wait, too. */
  static final int OUTGOING_HIGH_BYTES = 1 << 20;

  /** Where requests are taken again. */
  static final int OUTGOING_LOW_BYTES = 256 << 10;

  /** What requests that are under way may bring back, as far as can be told, before more wait. */
  static final int EXPECTED_MAX_BYTES = 32 << 20;

  /** What an answer may take before there was one. */
  static final int FIRST_ANSWER_BYTES = 1 << 20;

  /** What waits to be taken by a client before its connection ends. */
  static final int OUTGOING_MAX_BYTES = 64 << 20;
}
