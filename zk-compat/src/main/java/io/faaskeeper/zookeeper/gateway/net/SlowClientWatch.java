package io.faaskeeper.zookeeper.gateway.net;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds out whether a client takes anything of what waits for it: as long as something does, it is
 * looked at now and then. On the event loop of its channel.
 */
final class SlowClientWatch {
  private static final long NOT_WATCHING = -1;

  private final Channel channel;
  private final Outbox outbox;
  private final LongSupplier patienceMillis;
  private final Runnable stalled;
  private long progressBefore = NOT_WATCHING;

  /**
   * Watches nothing yet.
   *
   * @param patienceMillis how long a client may take nothing
   * @param stalled run when it has
   */
  SlowClientWatch(Channel channel, Outbox outbox, LongSupplier patienceMillis, Runnable stalled) {
    this.channel = channel;
    this.outbox = outbox;
    this.patienceMillis = patienceMillis;
    this.stalled = stalled;
  }

  /** Something was sent. */
  void sent() {
    if (progressBefore == NOT_WATCHING && outbox.waitingBytes() > 0) {
      progressBefore = outbox.progress();
      var unused =
          channel
              .eventLoop()
              .schedule(this::look, patienceMillis.getAsLong(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    long before = progressBefore;
    progressBefore = NOT_WATCHING;
    if (!channel.isOpen() || outbox.waitingBytes() == 0) {
      return;
    }
    if (outbox.progress() == before) {
      stalled.run();
    } else {
      sent();
    }
  }
}
