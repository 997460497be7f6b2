package io.faaskeeper.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The price table: what each item costs, where and since when, and what is assumed where nothing
 * could be counted. What it lacks is an {@link IllegalStateException}. Immutable.
 */
final class Prices {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode table;

  private Prices(JsonNode table) {
    this.table = table;
  }

  /** The one of this program. */
  static Prices read() throws IOException {
    return new Prices(json("prices.json"));
  }

  /** A data file beside this class. */
  static JsonNode json(String file) throws IOException {
    try (InputStream in = Prices.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("this program lacks its file " + file);
      }
      return JSON.readTree(in);
    }
  }

  String region() {
    return table.required("region").textValue();
  }

  /** What some amount of an item costs, in dollars. */
  double of(String item, double amount) {
    return amount * unitPrice(table.required("prices").required(item));
  }

  private static double unitPrice(JsonNode price) {
    return price.required("price").doubleValue() / price.required("per").doubleValue();
  }

  /** The machines that an ensemble could have, and what an hour of each costs. */
  Map<String, Double> machines() {
    Map<String, Double> hours = new LinkedHashMap<>();
    table
        .required("machines")
        .properties()
        .forEach(machine -> hours.put(machine.getKey(), unitPrice(machine.getValue())));
    return hours;
  }

  double assumed(String name) {
    return table.required("assumptions").required(name).doubleValue();
  }

  /** A line for each price. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String part : List.of("prices", "machines")) {
      for (Map.Entry<String, JsonNode> item : table.required(part).properties()) {
        JsonNode price = item.getValue();
        lines.add(
            "%-18s %s USD per %,d %s, as of %s"
                .formatted(
                    item.getKey(),
                    price.required("price").decimalValue().toPlainString(),
                    price.required("per").longValue(),
                    price.required("unit").textValue(),
                    price.required("date").textValue()));
      }
    }
    return lines;
  }
}
