package io.faaskeeper.zookeeper.gateway.monitor;

import org.jspecify.annotations.Nullable;

/**
 * What happened on one connection, as {@code cons} tells it. Latencies are in milliseconds.
 * Thread-safe.
 */
public final class ConnectionStats {
  /** The last answered operation of the session, and what answers took. */
  record Operations(
      String lastOperation,
      long lastCxid,
      long lastZxid,
      long lastResponseMillis,
      long lastLatency,
      long minLatency,
      long avgLatency,
      long maxLatency) {}

  private final long establishedMillis;
  private long received;
  private long sent;
  private String lastOperation = "NA";
  private long lastCxid = -1;
  private long lastZxid = -1;
  private long lastResponseMillis;
  private long lastLatency;
  private long minLatency = Long.MAX_VALUE;
  private long maxLatency;
  private long totalLatency;
  private long count;

  public ConnectionStats(long establishedMillis) {
    this.establishedMillis = establishedMillis;
  }

  public synchronized void received() {
    received++;
  }

  public synchronized void sent() {
    sent++;
  }

  /**
   * A request was answered.
   *
   * @param cxid its number, or null if it had none, as the request for the session
   */
  public synchronized void answered(
      String operation, @Nullable Integer cxid, long zxid, long latency, long nowMillis) {
    lastOperation = operation;
    if (cxid != null && cxid >= 0) {
      lastCxid = cxid;
    }
    lastZxid = zxid;
    lastResponseMillis = nowMillis;
    lastLatency = latency;
    minLatency = Math.min(minLatency, latency);
    maxLatency = Math.max(maxLatency, latency);
    totalLatency += latency;
    count++;
  }

  /** Begins anew. */
  public synchronized void reset() {
    received = 0;
    sent = 0;
    lastOperation = "NA";
    lastCxid = -1;
    lastZxid = -1;
    lastResponseMillis = 0;
    lastLatency = 0;
    minLatency = Long.MAX_VALUE;
    maxLatency = 0;
    totalLatency = 0;
    count = 0;
  }

  long establishedMillis() {
    return establishedMillis;
  }

  synchronized long packetsReceived() {
    return received;
  }

  synchronized long packetsSent() {
    return sent;
  }

  synchronized Operations operations() {
    return new Operations(
        lastOperation,
        lastCxid,
        lastZxid,
        lastResponseMillis,
        lastLatency,
        count == 0 ? 0 : minLatency,
        count == 0 ? 0 : totalLatency / count,
        maxLatency);
  }
}
