package io.faaskeeper.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What FaaSKeeper in memory has to reach: its median as a part of the real single server's, over
 * loopback, in the same run.
 *
 * @param ratio the part that was measured
 * @param limit the part that it has to be below
 */
record Bar(Operation operation, double ratio, double limit) {
  private static final double READ_LIMIT = 1.0 / 3;
  private static final double WRITE_LIMIT = 1;

  boolean passed() {
    return ratio < limit;
  }

  /** The bars of those operations that were measured on both. */
  static List<Bar> of(Comparison comparison) {
    return comparison.measurements().stream()
        .filter(measurement -> measurement.target() == TargetKind.MEMORY)
        .flatMap(measurement -> of(comparison, measurement).stream())
        .toList();
  }

  private static Optional<Bar> of(Comparison comparison, Measurement measurement) {
    return switch (measurement.operation().kind()) {
      case READ -> bar(comparison, measurement, READ_LIMIT);
      case WRITE -> bar(comparison, measurement, WRITE_LIMIT);
      case WATCH -> Optional.empty();
    };
  }

  private static Optional<Bar> bar(Comparison comparison, Measurement measurement, double limit) {
    return comparison.ratio(measurement, TargetKind.SINGLE).stream()
        .mapToObj(ratio -> new Bar(measurement.operation(), ratio, limit))
        .findFirst();
  }
}
