package io.faaskeeper.client;

import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the log is known to be in user storage, and the wait for it to get further.
 *
 * <p>Two zxids: everything up to {@link #applied} is in user storage, and in the mailboxes are all
 * events of it that watches on single nodes raise; a push proves that. Everything up to {@link
 * #watermark}, which is not higher, has its recursive watches' events there as well; only the
 * watermark itself proves that, since it is moved under the newest set of them.
 *
 * <p>To be used in tasks of the run queue.
 */
final class Frontier {
  private static final Logger LOG = LoggerFactory.getLogger(Frontier.class);

  private final RunQueue queue;
  private final Watermarks watermarks;
  private final ClientOptions options;
  private final Runnable moved;
  private final Runnable stalled;

  private long applied;
  private long watermark;
  private long wantedApplied;
  private long wantedWatermark;
  private boolean polling;
  private boolean stopped;

  /**
   * @param moved called when a look at the watermark showed that it moved
   * @param stalled called once in each wait that takes long
   */
  Frontier(
      RunQueue queue,
      Watermarks watermarks,
      ClientOptions options,
      Runnable moved,
      Runnable stalled) {
    this.queue = queue;
    this.watermarks = watermarks;
    this.options = options;
    this.moved = moved;
    this.stalled = stalled;
  }

  long applied() {
    return applied;
  }

  long watermark() {
    return watermark;
  }

  /** A push said that everything up to this zxid is in user storage. */
  void proveApplied(long zxid) {
    applied = Math.max(applied, zxid);
  }

  /** The watermark was seen to have reached this zxid. */
  void proveWatermark(long zxid) {
    watermark = Math.max(watermark, zxid);
    proveApplied(zxid);
  }

  /** Looks at the watermark until {@link #applied} has reached the zxid. */
  void awaitApplied(long zxid) {
    wantedApplied = Math.max(wantedApplied, zxid);
    begin();
  }

  /** Looks at the watermark until it has reached the zxid. */
  void awaitWatermark(long zxid) {
    wantedWatermark = Math.max(wantedWatermark, zxid);
    begin();
  }

  /** Looks once. */
  void look(Runnable then, Consumer<Throwable> failed) {
    queue.on(
        watermarks.read(),
        seen -> {
          proveWatermark(seen.zxid());
          then.run();
        },
        failed);
  }

  void stop() {
    stopped = true;
  }

  private boolean lacking() {
    return !stopped && (applied < wantedApplied || watermark < wantedWatermark);
  }

  private void begin() {
    if (!polling && lacking()) {
      polling = true;
      new Wait(queue.nanoTime(), options.watermarkPollFirstMillis()).poll();
    }
  }

  /** One wait: looks with growing delays, and asks for help when it takes long. */
  private final class Wait {
    private final long sinceNanos;
    private int delayMillis;
    private boolean helped;

    Wait(long sinceNanos, int delayMillis) {
      this.sinceNanos = sinceNanos;
      this.delayMillis = delayMillis;
    }

    void poll() {
      if (!lacking()) {
        polling = false;
        return;
      }
      CompletionStage<Watermark> look = watermarks.read();
      queue.on(look, this::seen, this::failed);
    }

    private void seen(Watermark seen) {
      boolean news = seen.zxid() > watermark;
      proveWatermark(seen.zxid());
      if (lacking()) {
        again();
      } else {
        polling = false;
      }
      if (news) {
        moved.run();
      }
    }

    private void failed(Throwable failure) {
      LOG.debug("a look at the watermark failed, it is repeated", failure);
      again();
    }

    private void again() {
      if (!helped && queue.millisSince(sinceNanos) >= options.watermarkStallMillis()) {
        helped = true;
        stalled.run();
      }
      queue.after(delayMillis, this::poll);
      delayMillis = Math.min(2 * delayMillis, options.watermarkPollMaxMillis());
    }
  }
}
