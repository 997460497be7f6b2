package io.faaskeeper.model;

/**
 * A session, as the log makes it. The row of it in storage is below 1 KiB.
 *
 * @param id the session
 * @param touched zxid of the last request that changed this row
 * @param status where it is in its life
 * @param timeoutMillis its negotiated timeout
 * @param process the process that owns it
 * @param epoch the owner epoch, from 1
 * @param token of the attach that made the epoch; of a creation 0
 * @param opened zxid of the request that made the epoch
 * @param lastSeq the last sequence number that took effect in this epoch
 * @param lastRecord the log record that answered it
 */
public record SessionState(
    long id,
    long touched,
    Status status,
    int timeoutMillis,
    String process,
    int epoch,
    long token,
    long opened,
    long lastSeq,
    long lastRecord) {
  /**
   * The life of a session: OPEN, then (only if it has more than 500 ephemerals) CLOSING or
   * EXPIRING, then CLOSED. But for OPEN its close is decided: it can neither write nor be attached.
   */
  public enum Status {
    OPEN,
    /** Closed by its own request, which is answered when the last ephemeral is deleted. */
    CLOSING,
    /** Closed by somebody else; ephemerals are still being deleted. */
    EXPIRING,
    CLOSED
  }

  /** Whether its close is decided, but not complete. */
  public boolean isClosing() {
    return status == Status.CLOSING || status == Status.EXPIRING;
  }

  /** This session after a request of it was logged. */
  public SessionState answered(long zxid, long seq, long record) {
    return new SessionState(
        id, zxid, status, timeoutMillis, process, epoch, token, opened, seq, record);
  }

  /** This session in another status. */
  public SessionState with(Status newStatus, long zxid) {
    return new SessionState(
        id, zxid, newStatus, timeoutMillis, process, epoch, token, opened, lastSeq, lastRecord);
  }
}
