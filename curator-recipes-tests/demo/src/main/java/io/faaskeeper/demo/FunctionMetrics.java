package io.faaskeeper.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what a local deployment's functions tell of each event: one object of JSON a line. */
final class FunctionMetrics {
  private static final ObjectMapper JSON = new ObjectMapper();

  private FunctionMetrics() {}

  static Spending read(Path file) throws IOException {
    return of(Files.readAllLines(file));
  }

  /**
   * What the events of these lines cost, by the requests that they brought: each request of an
   * event has an equal share. Events without a request are named after their function.
   */
  static Spending of(List<String> lines) {
    Spending spending = new Spending();
    for (String line : lines) {
      try {
        add(JSON.readTree(line), spending);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("no metrics: " + line, e);
      }
    }
    return spending;
  }

  private static void add(JsonNode event, Spending spending) {
    int requests = 0;
    for (JsonNode count : event.path("requests")) {
      requests += count.asInt();
    }
    Spent whole =
        new Spent(
            Math.max(1, requests),
            event.path("calls").asDouble(),
            event.path("readUnits").asDouble(),
            event.path("writeUnits").asDouble());
    if (requests == 0) {
      spending.add("(function " + event.path("function").asText() + ")", whole);
    }
    for (var kind : event.path("requests").properties()) {
      spending.add(kind.getKey(), whole.share((double) requests / kind.getValue().asInt()));
    }
  }
}
