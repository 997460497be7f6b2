package io.faaskeeper.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * CloudWatch's embedded metric format: members of a line of the function's log that CloudWatch
 * counts as metrics, by deployment and function. Written here, since the format is these few lines;
 * Amazon's library for it would bring its own sinks and threads into the function.
 */
final class EmbeddedMetrics {
  static final String NAMESPACE = "FaaSKeeper";

  /** The members of the line by which metrics are told apart. */
  private static final String[] DIMENSIONS = {"deployment", "function"};

  private static final Map<String, String> UNITS = Map.of("ApplyTime", "Milliseconds");

  private EmbeddedMetrics() {}

  /**
   * Adds them to a line that has the dimensions already.
   *
   * @param values by name; not empty
   */
  static void put(ObjectNode line, long timestampMillis, Map<String, Number> values) {
    ObjectNode aws = line.putObject("_aws");
    aws.put("Timestamp", timestampMillis);
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    ArrayNode dimensions = directive.putArray("Dimensions").addArray();
    for (String dimension : DIMENSIONS) {
      dimensions.add(dimension);
    }
    ArrayNode metrics = directive.putArray("Metrics");
    values.forEach(
        (name, value) -> {
          metrics.addObject().put("Name", name).put("Unit", UNITS.getOrDefault(name, "Count"));
          if (value instanceof Long number) {
            line.put(name, number);
          } else {
            line.put(name, value.doubleValue());
          }
        });
  }
}
