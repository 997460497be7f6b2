package io.faaskeeper.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.CallCounts;
import io.faaskeeper.aws.CallCounts.Tally;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.port.Clock;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an event cost, as one line of JSON among the function's output: an object whose {@code fk}
 * is {@code metrics}, with the storage calls, the sequential trips (all, and those before the first
 * push), the billed units, all of them by table too, and the requests by what they ask. CloudWatch
 * takes metrics from it, see {@link EmbeddedMetrics}.
 */
final class Metrics {
  private final String function;
  private final AwsDeploymentNames names;
  private final String deployment;
  private final CallMeter meter;
  private final StageMeter stages;
  private final Clock clock;
  private final PrintStream output;
  private long beganNanos;

  /**
   * Metrics of one sandbox.
   *
   * @param deployment its name
   */
  Metrics(
      String function,
      String deployment,
      CallMeter meter,
      StageMeter stages,
      Clock clock,
      PrintStream output) {
    this.function = function;
    this.deployment = deployment;
    this.names = new AwsDeploymentNames(deployment);
    this.meter = meter;
    this.stages = stages;
    this.clock = clock;
    this.output = output;
  }

  Metrics begin() {
    meter.reset();
    stages.reset();
    beganNanos = clock.nanoTime();
    return this;
  }

  /**
   * Prints the line.
   *
   * @param messages how many the event had
   * @param failed how many of them are to be delivered again
   * @param requests by what they ask
   */
  void end(int messages, int failed, Map<String, Integer> requests) {
    CallCounts counts = meter.snapshot();
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("fk", "metrics").put("function", function);
    line.put("micros", (clock.nanoTime() - beganNanos) / 1_000);
    line.put("messages", messages).put("failed", failed);
    ObjectNode byKind = line.putObject("requests");
    requests.forEach(byKind::put);
    line.put("trips", counts.trips()).put("tripsBeforeAnswer", counts.tripsBeforeAnswer());
    put(line, counts.total());
    ObjectNode tables = line.putObject("tables");
    Tables.ALL.forEach(table -> put(tables, counts, table));
    put(tables, counts, Tables.WORKER);
    Map<String, Number> embedded = new LinkedHashMap<>();
    if (!requests.isEmpty()) {
      embedded.put("BatchSize", requests.values().stream().mapToLong(Integer::longValue).sum());
    }
    embedded.putAll(stages.snapshot().byName());
    if (!embedded.isEmpty()) {
      line.put("deployment", deployment);
      EmbeddedMetrics.put(line, clock.currentTimeMillis(), embedded);
    }
    output.print(line + "\n");
    output.flush();
  }

  private void put(ObjectNode tables, CallCounts counts, TableSchema table) {
    Tally tally = counts.of(names.table(table));
    if (tally.calls() > 0) {
      put(tables.putObject(table.role()), tally);
    }
  }

  private static void put(ObjectNode to, Tally tally) {
    to.put("calls", tally.calls()).put("failures", tally.failures());
    to.put("readUnits", tally.readUnits()).put("writeUnits", tally.writeUnits());
  }
}
