package io.faaskeeper.operations.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What operations take on one storage, as the tests of {@code benchmarks} counted it, and hold it
 * to. Between two sizes that were measured it is interpolated. Immutable.
 */
final class MeasuredUnits {
  private final JsonNode operations;

  private MeasuredUnits(JsonNode operations) {
    this.operations = operations;
  }

  /** The storages that were measured. */
  static List<String> storages() throws IOException {
    List<String> names = new ArrayList<>();
    Prices.json("measured.json").required("storages").fieldNames().forEachRemaining(names::add);
    return names;
  }

  static MeasuredUnits of(String storage) throws IOException {
    return new MeasuredUnits(Prices.json("measured.json").required("storages").required(storage));
  }

  /** What has no size: {@code renewal} of a lease, {@code heartbeat}. */
  Units of(Fixed fixed) {
    return Units.of(operations.required(fixed.name));
  }

  /** An operation with so many bytes of data; beyond the largest measured, as the last two grow. */
  Units of(Sized operation, int bytes) {
    JsonNode sizes = operations.required(operation.name);
    int above = 1;
    while (above < sizes.size() - 1 && sizes.get(above).required("size").intValue() < bytes) {
      above++;
    }
    JsonNode lower = sizes.get(above - 1);
    JsonNode upper = sizes.get(above);
    double from = lower.required("size").doubleValue();
    double share = (bytes - from) / (upper.required("size").doubleValue() - from);
    return Units.of(lower).times(1 - share).plus(Units.of(upper).times(share));
  }

  /**
   * Which part of data of this size lies in the bucket: that of which a creation puts an object.
   */
  double shareInBucket(int bytes) {
    return Math.min(1, of(Sized.CREATE, bytes).objectPuts());
  }

  /** What happens whatever the data. */
  enum Fixed {
    RENEWAL("renewal"),
    HEARTBEAT("heartbeat");

    private final String name;

    Fixed(String name) {
      this.name = name;
    }
  }

  /** Operations with data. */
  enum Sized {
    GET_DATA("getData"),
    SET_DATA("setData"),
    CREATE("create"),
    DELETE("delete");

    private final String name;

    Sized(String name) {
      this.name = name;
    }
  }
}
