package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.Reply;

/**
 * Writes take effect between question and answer: what is asked after somebody was told of a zxid
 * comes later in the order of zxids, and a sync does not end before it.
 */
final class RealTime {
  private long told;

  /** To be kept by who asks, until {@link #answered}. */
  long asked() {
    return told;
  }

  /** A violation is an AssertionError. */
  void answered(ClientRequest request, Reply reply, long whenAsked) {
    long zxid = reply.zxid();
    boolean holds =
        request instanceof ClientRequest.Write
            ? zxid > whenAsked
            : !(request instanceof ClientRequest.Sync) || zxid >= whenAsked;
    if (!holds) {
      throw new AssertionError(
          Describe.text(new HistoryCheck.Answer(request, reply))
              + " was asked when "
              + whenAsked
              + " was known");
    }
    told = Math.max(told, zxid);
  }
}
