package io.faaskeeper.demo;

import io.faaskeeper.demo.Latencies.Latency;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The table at the end: operations with their latencies, and what storage did for one of them. What
 * was spent on nothing that somebody asked for (leases, views, the schedule) stands below, as a
 * whole.
 */
final class OperationTable {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String NONE = "-";

  private final Latencies latencies;
  private final Spending client;
  private final Optional<Spending> functions;

  /**
   * What the table is about.
   *
   * @param client what the client processes spent
   * @param functions what the functions spent; empty if nothing is billed
   */
  OperationTable(Latencies latencies, Spending client, Optional<Spending> functions) {
    this.latencies = latencies;
    this.client = client;
    this.functions = functions;
  }

  @Override
  public String toString() {
    Table table =
        new Table(
            "operation",
            "count",
            "median ms",
            "p99 ms",
            "storage calls",
            "read units",
            "write units");
    TreeSet<String> purposes = new TreeSet<>(client.purposes());
    functions.ifPresent(f -> purposes.addAll(f.purposes()));
    TreeSet<String> operations = new TreeSet<>(latencies.operations());
    purposes.stream().filter(p -> !p.startsWith("(")).forEach(operations::add);
    operations.forEach(operation -> addOperation(table, operation));
    purposes.stream().filter(p -> p.startsWith("(")).forEach(p -> addWhole(table, p));
    return table.toString();
  }

  private void addOperation(Table table, String operation) {
    Latency latency = latencies.of(operation);
    boolean timed = latency.count() > 0;
    Spent each =
        client
            .on(operation)
            .each()
            .plus(functions.map(f -> f.on(operation).each()).orElse(Spent.NOTHING));
    table.row(
        operation,
        timed ? Long.toString(latency.count()) : NONE,
        timed ? number(latency.medianNanos() / NANOS_PER_MILLI) : NONE,
        timed ? number(latency.p99Nanos() / NANOS_PER_MILLI) : NONE,
        billed(each.calls()),
        billed(each.readUnits()),
        billed(each.writeUnits()));
  }

  private void addWhole(Table table, String purpose) {
    Spent whole = client.on(purpose).plus(functions.map(f -> f.on(purpose)).orElse(Spent.NOTHING));
    table.row(
        purpose,
        NONE,
        NONE,
        NONE,
        billed(whole.calls()),
        billed(whole.readUnits()),
        billed(whole.writeUnits()));
  }

  private String billed(double value) {
    return functions.isPresent() ? number(value) : NONE;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
