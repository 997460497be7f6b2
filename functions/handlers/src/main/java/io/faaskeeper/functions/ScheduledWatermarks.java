package io.faaskeeper.functions;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Watermarks that switch the heartbeat's rule with the heartbeat. The rule is on before the
 * watermark's row says so. It goes off after the row says that, and on again if the row has changed
 * its mind meanwhile. A run that dies between these two is repeated by Lambda, and finds whom it
 * has to be on for.
 */
final class ScheduledWatermarks implements Watermarks {
  private final Watermarks watermarks;
  private final HeartbeatRule rule;

  ScheduledWatermarks(Watermarks watermarks, HeartbeatRule rule) {
    this.watermarks = watermarks;
    this.rule = rule;
  }

  @Override
  public CompletionStage<Watermark> switchOn() {
    return rule.enable().thenCompose(done -> watermarks.switchOn());
  }

  @Override
  public CompletionStage<Watermark> switchOff(Watermark seen) {
    return watermarks
        .switchOff(seen)
        .thenCompose(
            now ->
                now.heartbeat()
                    ? CompletableFuture.completedStage(now)
                    : rule.disable()
                        .thenCompose(done -> watermarks.read())
                        .thenCompose(this::onIfSaid));
  }

  private CompletionStage<Watermark> onIfSaid(Watermark now) {
    return now.heartbeat()
        ? rule.enable().thenApply(done -> now)
        : CompletableFuture.completedStage(now);
  }

  @Override
  public CompletionStage<Watermark> read() {
    return watermarks.read();
  }

  @Override
  public CompletionStage<Advance> advance(
      Watermark expected, long record, long zxid, Deadline deadline) {
    return watermarks.advance(expected, record, zxid, deadline);
  }

  @Override
  public CompletionStage<Watermark> watchRecursively(String path, Subscription subscription) {
    return watermarks.watchRecursively(path, subscription);
  }

  @Override
  public CompletionStage<Void> unwatchRecursively(String path, Subscription subscription) {
    return watermarks.unwatchRecursively(path, subscription);
  }

  @Override
  public CompletionStage<List<RecursiveWatch>> recursiveWatches() {
    return watermarks.recursiveWatches();
  }
}
