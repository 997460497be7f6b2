package io.faaskeeper.zookeeper.gateway.net;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all connections of a gateway hold, about: requests under way, the answers that these may
 * bring, and what waits to be taken by clients. Thread-safe.
 */
public final class SharedMemory {
  private final long maxBytes;
  private final LongAdder bytes = new LongAdder();

  /**
   * Of nobody yet.
   *
   * @param maxBytes from where on each connection has to wait for what it asked before
   */
  public SharedMemory(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether a connection that has something under way may have no more. */
  boolean exhausted() {
    return bytes.sum() >= maxBytes;
  }

  /** The part of one connection, of whose event loop it is. */
  final class Share {
    private long held;

    /** It holds this now. */
    void hold(long nowBytes) {
      if (nowBytes != held) {
        bytes.add(nowBytes - held);
        held = nowBytes;
      }
    }
  }
}
