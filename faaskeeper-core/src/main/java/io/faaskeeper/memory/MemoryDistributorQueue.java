package io.faaskeeper.memory;

import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.Scheduler;
import java.util.BitSet;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongFunction;

/**
 * A distributor queue in this JVM. A wake-up of an idle distributor runs it on the caller's thread;
 * those that come meanwhile are taken together and run it once more. A run that fails is repeated a
 * tenth of a second later, ten times in all. Thread-safe.
 */
public final class MemoryDistributorQueue implements DistributorQueue {
  private final Lane<Long> lane;

  /**
   * @param distributor runs the distributor, for the last record of those that it was woken for;
   *     never called before the last run is completed
   */
  public MemoryDistributorQueue(
      LongFunction<CompletionStage<Void>> distributor, Scheduler scheduler) {
    this.lane =
        new Lane<>(
            "distributor queue",
            Integer.MAX_VALUE,
            records -> distributor.apply(Collections.max(records)).thenApply(done -> new BitSet()),
            scheduler);
  }

  @Override
  public CompletionStage<Void> wake(long record) {
    lane.add(record);
    return CompletableFuture.completedFuture(null);
  }
}
