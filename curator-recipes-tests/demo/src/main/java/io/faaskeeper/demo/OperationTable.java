package io.faaskeeper.demo;

import io.faaskeeper.demo.Latencies.Latency;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** The table at the end: operations with their latencies and what storage was billed for them. */
final class OperationTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String UNKNOWN = "-";

  private OperationTable() {}

  /**
   * One row for each operation, and for each other purpose for which something was spent.
   *
   * @param client what the client processes spent, by operation
   * @param functions what the functions spent, by operation; empty if it is not known
   */
  static Table of(Latencies latencies, Spending client, Optional<Spending> functions) {
    SortedSet<String> rows = latencies.operations();
    Table table =
        new Table(
            "operation",
            "count",
            "median ms",
            "p99 ms",
            "storage calls",
            "read units",
            "write units");
    for (String operation : rows) {
      Latency latency = latencies.of(operation);
      Optional<Spent> each =
          functions.map(f -> client.on(operation).plus(f.on(operation)).each(latency.count()));
      table.row(
          operation,
          Long.toString(latency.count()),
          number(latency.medianNanos() / NANOS_PER_MILLI),
          number(latency.p99Nanos() / NANOS_PER_MILLI),
          each.map(s -> number(s.calls())).orElse(UNKNOWN),
          each.map(s -> number(s.readUnits())).orElse(UNKNOWN),
          each.map(s -> number(s.writeUnits())).orElse(UNKNOWN));
    }
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
