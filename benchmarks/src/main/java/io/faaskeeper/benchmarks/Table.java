package io.faaskeeper.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/** The report, for people. */
final class Table {
  private static final String ROW = "%-10s %-30s %10s %19s %10s %8s %9s %11s%n";

  private Table() {}

  static String of(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    text.append(
        row(
            "operation",
            "target",
            "median",
            "iterations",
            "p99",
            "samples",
            "x single",
            "x ensemble"));
    Operation last = null;
    for (Measurement m : comparison.measurements()) {
      text.append(
          row(
              m.operation() == last ? "" : m.operation().toString(),
              m.target().label(),
              duration(m.medianMicros()),
              duration(m.lowestMicros()) + " - " + duration(m.highestMicros()),
              duration(m.p99Micros()),
              Long.toString(m.samples()),
              ratio(comparison.ratio(m, TargetKind.SINGLE)),
              ratio(comparison.ratio(m, TargetKind.ENSEMBLE))));
      last = m.operation();
    }
    return text.toString();
  }

  static String of(Bar bar) {
    return format(
        "%s  %s, %s: %.3f of the single server's median, to be below %.3f%n",
        bar.passed() ? "PASS" : "FAIL",
        bar.target().label(),
        bar.operation(),
        bar.ratio(),
        bar.limit());
  }

  /** With a unit, in about three digits. */
  static String duration(double micros) {
    double value = micros < 1e3 ? micros : micros < 1e6 ? micros / 1e3 : micros / 1e6;
    String unit = micros < 1e3 ? "us" : micros < 1e6 ? "ms" : "s";
    return format(value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isEmpty() ? "-" : format("%.2f", ratio.getAsDouble());
  }

  private static String row(Object... cells) {
    return format(ROW, cells);
  }

  private static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }
}
