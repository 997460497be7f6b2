package io.faaskeeper.port;

import io.faaskeeper.model.Subscription;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The applied watermark, and the set of recursive watches whose generation it carries. Every
 * operation on the watermark is linearizable.
 */
public interface Watermarks {
  /** The watermark now. */
  CompletionStage<Watermark> read();

  /**
   * Moves the watermark from {@code expected} (its record and generation, and the heartbeat if that
   * is on there; the rest is ignored) to {@code record} and {@code zxid}.
   *
   * @return the watermark after it: moved, or as somebody else left it
   */
  CompletionStage<Advance> advance(Watermark expected, long record, long zxid, Deadline deadline);

  /**
   * What became of an attempt to move it.
   *
   * @param done whether this call moved it
   * @param now the watermark after the call
   */
  record Advance(boolean done, Watermark now) {}

  /** Switches the heartbeat on; tells the watermark after that. */
  CompletionStage<Watermark> switchOn();

  /**
   * Switches the heartbeat off if the watermark is still at the record of {@code seen}; tells the
   * watermark after that.
   */
  CompletionStage<Watermark> switchOff(Watermark seen);

  /**
   * Puts a recursive watch of a process on a path, then moves the generation.
   *
   * @return the watermark right after the move: it tells the generation, and the zxid from which on
   *     the watch is armed
   */
  CompletionStage<Watermark> watchRecursively(String path, Subscription subscription);

  /** Removes exactly this recursive watch; the generation stays. */
  CompletionStage<Void> unwatchRecursively(String path, Subscription subscription);

  /** All recursive watches: those put before the call, and perhaps some put during it. */
  CompletionStage<List<RecursiveWatch>> recursiveWatches();

  record RecursiveWatch(String path, Subscription subscription) {}
}
