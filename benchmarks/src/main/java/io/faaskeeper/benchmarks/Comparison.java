package io.faaskeeper.benchmarks;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured in one run, and how it compares. */
record Comparison(List<Measurement> measurements) {
  Comparison {
    measurements = List.copyOf(measurements);
  }

  Optional<Measurement> find(Operation operation, TargetKind target) {
    return measurements.stream()
        .filter(m -> m.operation() == operation && m.target() == target)
        .findFirst();
  }

  /** Its median, as a multiple of the same operation's on another target, if that was measured. */
  OptionalDouble ratio(Measurement measurement, TargetKind to) {
    return find(measurement.operation(), to).stream()
        .mapToDouble(other -> measurement.medianMicros() / other.medianMicros())
        .findFirst();
  }
}
