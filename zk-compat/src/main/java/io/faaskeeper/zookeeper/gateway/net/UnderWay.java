package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.zookeeper.protocol.ProtocolSession;

/**
 * What a connection has under way: requests without their answers, and what its client has not
 * taken yet. All is called on the channel's event loop, but for what an answer took.
 */
final class UnderWay {
  private final ConnectionLimits limits;
  private final SharedMemory memory;
  private final SharedMemory.Share share;
  private final ProtocolSession session;
  private final Outbox outbox;
  private int unansweredBytes;

  /** What the next answer may take: as much as the largest of the last ones, about. */
  private volatile int expectedBytes = ConnectionLimits.FIRST_ANSWER_BYTES;

  /**
   * Nothing yet.
   *
   * @param memory what all connections together hold
   */
  UnderWay(ConnectionLimits limits, SharedMemory memory, ProtocolSession session, Outbox outbox) {
    this.limits = limits;
    this.memory = memory;
    this.share = memory.new Share();
    this.session = session;
    this.outbox = outbox;
  }

  /** A request is about to be handed over. */
  void asking(int requestBytes) {
    unansweredBytes += requestBytes;
  }

  /** What an answer takes. Answers come one at a time, so that nobody else writes it. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void answering(int answerBytes) {
    expectedBytes = Math.max(answerBytes, expectedBytes - expectedBytes / 8);
  }

  boolean isNothing() {
    return session.unanswered() == 0 && outbox.waitingBytes() == 0;
  }

  /** Whether this is all that the connection may have under way. */
  boolean isFull() {
    int unanswered = session.unanswered();
    return unanswered >= limits.unanswered()
        || (long) unanswered * expectedBytes >= ConnectionLimits.EXPECTED_MAX_BYTES
        || unansweredBytes > ConnectionLimits.UNANSWERED_MAX_BYTES
        || outbox.waitingBytes() > ConnectionLimits.OUTGOING_HIGH_BYTES
        || (memory.exhausted() && !isNothing());
  }

  /** Tells the other connections how much this one holds; nothing any more if it is closed. */
  void settle(boolean open) {
    int unanswered = session.unanswered();
    if (unanswered == 0) {
      unansweredBytes = 0;
    }
    long all = unansweredBytes + (long) unanswered * expectedBytes + outbox.waitingBytes();
    share.hold(open ? all : 0);
  }
}
