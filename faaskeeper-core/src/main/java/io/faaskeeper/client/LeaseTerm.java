package io.faaskeeper.client;

/**
 * Until when a lease counts as held, on this machine's clock: two thirds of the shortest timeout
 * that others may judge the process by, from the moment at which the last good renewal was sent.
 * {@link #isValid} is thread-safe, all else is for tasks of the run queue.
 */
final class LeaseTerm {
  private final RunQueue queue;

  /** The timeout that the last good renewal gave to the row. */
  private int rowTimeoutMillis = Integer.MAX_VALUE;

  /**
   * The shortest timeout that others may judge this process by: that of a renewal on its way, too.
   */
  private int judgedMillis = Integer.MAX_VALUE;

  /** Renewals on their way. */
  private int inFlight;

  private long renewedNanos;
  private long renewedWallMillis;
  private volatile boolean valid;
  private volatile long validUntilNanos;

  LeaseTerm(RunQueue queue) {
    this.queue = queue;
  }

  /** Whether the lease is held now. */
  boolean isValid() {
    return valid && queue.nanoTime() - validUntilNanos < 0;
  }

  /** The timeout in the row, as far as is known; {@code Integer.MAX_VALUE} before the first. */
  int rowTimeoutMillis() {
    return rowTimeoutMillis;
  }

  /** A renewal sets out. */
  void sent() {
    inFlight++;
  }

  /** A renewal was made, refused, or failed. */
  void arrived() {
    inFlight--;
  }

  boolean anyInFlight() {
    return inFlight > 0;
  }

  /** The timeout to renew with, if this is wanted. */
  int timeoutOfNext(int wantedMillis) {
    // One that is still on its way may set the row back to its own timeout.
    return inFlight > 0 ? Math.min(wantedMillis, judgedMillis) : wantedMillis;
  }

  /**
   * A renewal with this timeout is about to be sent: others may judge by it as soon as it has
   * arrived.
   *
   * @return whether the lease ends earlier by that
   */
  boolean shortened(int timeoutMillis, long nowNanos) {
    if (timeoutMillis >= judgedMillis) {
      return false;
    }
    judgedMillis = timeoutMillis;
    long until = end(nowNanos);
    if (!valid || until - validUntilNanos >= 0) {
      return false;
    }
    validUntilNanos = until;
    return true;
  }

  /**
   * A renewal, or the registration, was sent at {@code sentNanos} and succeeded.
   *
   * @return whether it was in time: the lease is held
   */
  boolean renewed(int timeoutMillis, long sentNanos) {
    renewedNanos = sentNanos;
    renewedWallMillis = queue.clock().currentTimeMillis();
    rowTimeoutMillis = timeoutMillis;
    if (inFlight == 0) {
      judgedMillis = timeoutMillis;
    }
    long until = end(sentNanos);
    if (until - queue.nanoTime() <= 0) {
      return false;
    }
    if (!valid || until - validUntilNanos > 0) {
      validUntilNanos = until;
    }
    valid = true;
    return true;
  }

  private long end(long sentNanos) {
    return sentNanos + 2_000_000L * judgedMillis / 3;
  }

  /** It is over, until it is renewed. */
  void end() {
    valid = false;
  }

  /** Milliseconds until it is over, rounded up. */
  long millisLeft() {
    return Math.max(0, (validUntilNanos - queue.nanoTime() + 999_999L) / 1_000_000L);
  }

  /**
   * Milliseconds since the last success, by whichever clock says more: one of them may stand still
   * while the machine sleeps.
   */
  long sinceLastMillis() {
    return Math.max(
        queue.millisSince(renewedNanos), queue.clock().currentTimeMillis() - renewedWallMillis);
  }
}
