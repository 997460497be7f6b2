package io.faaskeeper.functions;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells the meter where the watermark is. */
record MeteredWatermarks(Watermarks watermarks, StageMeter meter) implements Watermarks {
  @Override
  public CompletionStage<Watermark> read() {
    return watermarks.read().thenApply(this::seen);
  }

  @Override
  public CompletionStage<Advance> advance(
      Watermark expected, long record, long zxid, Deadline deadline) {
    return watermarks
        .advance(expected, record, zxid, deadline)
        .thenApply(
            advance -> {
              meter.advanced(advance);
              return advance;
            });
  }

  @Override
  public CompletionStage<Watermark> switchOn() {
    return watermarks.switchOn().thenApply(this::seen);
  }

  @Override
  public CompletionStage<Watermark> switchOff(Watermark from) {
    return watermarks.switchOff(from).thenApply(this::seen);
  }

  @Override
  public CompletionStage<Watermark> watchRecursively(String path, Subscription subscription) {
    return watermarks.watchRecursively(path, subscription).thenApply(this::seen);
  }

  @Override
  public CompletionStage<Void> unwatchRecursively(String path, Subscription subscription) {
    return watermarks.unwatchRecursively(path, subscription);
  }

  @Override
  public CompletionStage<List<RecursiveWatch>> recursiveWatches() {
    return watermarks.recursiveWatches();
  }

  private Watermark seen(Watermark watermark) {
    meter.seen(watermark);
    return watermark;
  }
}
