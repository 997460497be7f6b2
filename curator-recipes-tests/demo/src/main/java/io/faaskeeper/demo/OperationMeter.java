package io.faaskeeper.demo;

import io.faaskeeper.port.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Times operations. Thread-safe. */
final class OperationMeter {
  private final Latencies latencies;
  private final Clock clock;

  OperationMeter(Latencies latencies, Clock clock) {
    this.latencies = latencies;
    this.clock = clock;
  }

  /** Begins an operation, and records how long it takes if it is answered. */
  <T> CompletionStage<T> measure(String operation, Supplier<CompletionStage<T>> begin) {
    long start = clock.nanoTime();
    return begin
        .get()
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                latencies.record(operation, clock.nanoTime() - start);
              }
            });
  }
}
