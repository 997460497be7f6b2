package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;
import io.faaskeeper.port.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checks that what a client is told is at most a bounded time old: its session's timeout, within
 * which its process must have heard from storage, and what a read may take. So one that stood still
 * for longer answers nothing when it wakes up, but from storage anew. Not thread-safe.
 */
final class Freshness {
  /** What clocks may be wrong by, of the timeout. */
  private static final double RATE = 1.08;

  /** A read makes some calls, each of which may be slow. */
  private static final long READ_MILLIS = 8_000;

  private final Clock clock;
  private final TreeMap<Long, Long> watermarks = new TreeMap<>();

  Freshness(Clock clock) {
    this.clock = clock;
  }

  /** The watermark moved. */
  void advanced(long zxid) {
    watermarks.merge(millis(), zxid, Math::max);
  }

  /**
   * A violation is an AssertionError.
   *
   * @param timeoutMillis of the session that was answered
   */
  void answered(ClientRequest request, Reply reply, int timeoutMillis) {
    if (!(request instanceof ClientRequest.Read) && !(request instanceof ClientRequest.MultiRead)) {
      return;
    }
    long oldest = millis() - (long) (RATE * timeoutMillis) - READ_MILLIS;
    Map.Entry<Long, Long> then = watermarks.floorEntry(oldest);
    if (then != null && reply.zxid() < then.getValue()) {
      throw new AssertionError(
          "old for more than its timeout of "
              + timeoutMillis
              + ", at "
              + then.getKey()
              + " ms the watermark was "
              + then.getValue()
              + ": "
              + Describe.text(new HistoryCheck.Answer(request, reply)));
    }
  }

  private long millis() {
    return clock.nanoTime() / 1_000_000;
  }
}
