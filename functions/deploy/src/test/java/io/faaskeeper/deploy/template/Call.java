package io.faaskeeper.deploy.template;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What somebody did with a resource.
 *
 * @param principal who: the name of a function, or {@link #CLIENT}
 * @param action as policies name it
 * @param resource as it ends in its ARN: {@code table/…}, a queue's name, {@code function:…}
 * @param attributes of an item that the call names; empty where there are none
 * @param leadingKey the partition, if it is text; else empty
 */
record Call(
    String principal, String action, String resource, Set<String> attributes, String leadingKey) {
  static final String CLIENT = "client";

  Call {
    attributes = Set.copyOf(attributes);
  }

  String line() {
    return String.join(
        "\t", principal, action, resource, String.join(",", new TreeSet<>(attributes)), leadingKey);
  }

  static Call parse(String line) {
    List<String> fields = List.of(line.split("\t", -1));
    return new Call(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        fields.get(3).isEmpty() ? Set.of() : Set.of(fields.get(3).split(",")),
        fields.get(4));
  }
}
