package io.faaskeeper.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * What FaaSKeeper in memory has to reach: its median as a part of the real single server's, over
 * loopback, in the same run. Behind a gateway, where it is over loopback itself, only reads have
 * to: a gateway is to be as good as a server.
 *
 * @param target what was measured
 * @param ratio the part that was measured
 * @param limit the part that it has to be below
 */
record Bar(Operation operation, TargetKind target, double ratio, double limit) {
  private static final double READ_LIMIT = 1.0 / 3;
  private static final double WRITE_LIMIT = 1;
  private static final double GATEWAY_READ_LIMIT = 1.1;

  boolean passed() {
    return ratio < limit;
  }

  /** The bars of those operations that were measured on both. */
  static List<Bar> of(Comparison comparison) {
    return comparison.measurements().stream()
        .flatMap(measurement -> of(comparison, measurement).stream())
        .toList();
  }

  private static Optional<Bar> of(Comparison comparison, Measurement measurement) {
    Operation.Kind kind = measurement.operation().kind();
    return switch (measurement.target()) {
      case MEMORY ->
          switch (kind) {
            case READ -> bar(comparison, measurement, READ_LIMIT);
            case WRITE -> bar(comparison, measurement, WRITE_LIMIT);
            case WATCH -> Optional.empty();
          };
      case GATEWAY ->
          kind == Operation.Kind.READ
              ? bar(comparison, measurement, GATEWAY_READ_LIMIT)
              : Optional.empty();
      case SINGLE, ENSEMBLE, EMULATORS -> Optional.empty();
    };
  }

  private static Optional<Bar> bar(Comparison comparison, Measurement measurement, double limit) {
    return comparison.ratio(measurement, TargetKind.SINGLE).stream()
        .mapToObj(ratio -> new Bar(measurement.operation(), measurement.target(), ratio, limit))
        .findFirst();
  }
}
