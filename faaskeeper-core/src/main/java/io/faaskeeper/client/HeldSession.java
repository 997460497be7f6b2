package io.faaskeeper.client;

import org.jspecify.annotations.Nullable;

/**
 * A session that the log gives to this process, connected or not. {@link #heard} and {@link
 * #dueNanos} are thread-safe; all else is for tasks of the run queue.
 */
final class HeldSession {
  final long id;
  final byte[] password;
  final int epoch;
  final int timeoutMillis;

  /** Of the request that gave it to this process. */
  final long openedZxid;

  /** The connection that has it, if any. */
  @Nullable SessionConnection connection;

  /** All of its requests up to this sequence number were answered. */
  long answeredSeq;

  private volatile long heardNanos;

  HeldSession(
      long id, byte[] password, int epoch, int timeoutMillis, long openedZxid, long nowNanos) {
    this.id = id;
    this.password = password;
    this.epoch = epoch;
    this.timeoutMillis = timeoutMillis;
    this.openedZxid = openedZxid;
    this.heardNanos = nowNanos;
  }

  /** Its client was heard from. */
  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** When it will have been silent for its timeout. */
  long dueNanos() {
    return heardNanos + timeoutMillis * 1_000_000L;
  }
}
