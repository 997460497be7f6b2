package io.faaskeeper.aws;

import io.faaskeeper.model.Codec;
import io.faaskeeper.port.NodeUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A {@link NodeUpdate} as an update of its {@link NodeItem}: it names only what changed. */
final class NodeChanges {
  private static final String REPLACED = "q";

  private final Map<String, AttributeValue> set = new HashMap<>();
  private final Map<String, AttributeValue> add = new HashMap<>();
  private final List<String> remove = new ArrayList<>();

  private NodeChanges() {}

  /** Where an update's data goes. */
  sealed interface Large {
    /** The update has no data, or data that is small enough for the item. */
    record None() implements Large {}

    record InParts(DataParts.Place place) implements Large {}

    /**
     * In an object.
     *
     * @param zxid that wrote the data: whichever records a group has, it is the same
     */
    record InObject(long zxid) implements Large {}
  }

  /**
   * The update, but for its key. It returns the whole item, for the processes interested: what is
   * returned costs nothing, and only whole items can be returned with attributes that did not
   * change.
   *
   * @param large where its data goes if it is too large for the item
   * @param objects whether data may lie in objects: then the item keeps the one that it named
   * @param expiry of a tombstone
   */
  static UpdateItemRequest.Builder request(
      NodeUpdate update, Large large, boolean objects, AttributeValue expiry) {
    NodeChanges changes = new NodeChanges();
    changes.set.put("t", Values.number(update.zxid()));
    if (update.alive()) {
      changes.living(update, large);
    } else {
      changes.set.put(TableSchema.EXPIRY, expiry);
      changes.remove.addAll(List.of("s", "a", "d", "p"));
    }
    if (objects && (update.data() != null || !update.alive())) {
      changes.set.put(REPLACED, Values.number(0));
      if (!(large instanceof Large.InObject)) {
        changes.remove.add("o");
      }
    }
    return changes.build();
  }

  private UpdateItemRequest.Builder build() {
    Map<String, AttributeValue> values = new HashMap<>();
    set.forEach((name, value) -> values.put(":" + name, value));
    add.forEach((name, value) -> values.put(":" + name, value));
    return UpdateItemRequest.builder()
        .updateExpression(
            clause("SET", set.keySet(), NodeChanges::assignment)
                + clause("ADD", add.keySet(), name -> name + " :" + name)
                + clause("REMOVE", remove, name -> name))
        .conditionExpression("attribute_not_exists(t) OR t < :t")
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_NEW);
  }

  /** An attribute on the right is what it was before the update. */
  private static String assignment(String name) {
    return name.equals(REPLACED) ? name + "=if_not_exists(o,:" + name + ")" : name + "=:" + name;
  }

  private static String clause(
      String action, Collection<String> attributes, UnaryOperator<String> each) {
    return attributes.isEmpty()
        ? ""
        : attributes.stream().map(each).collect(Collectors.joining(",", action + " ", " "));
  }

  private void living(NodeUpdate update, Large large) {
    set.put("s", Values.bytes(Codec.encodeStat(update.stat(), update.childSum())));
    set.put(TableSchema.EXPIRY, Values.flag(false));
    if (update.acl() != null) {
      set.put("a", Values.bytes(Codec.encodeAcl(update.acl())));
    }
    if (large instanceof Large.InParts parts) {
      DataParts.Place place = parts.place();
      set.put("p", Values.bytes(place.encode()));
      add.put(
          NodeItem.usedName(place.slot()),
          AttributeValue.fromNs(List.of(Integer.toString(place.count()))));
      remove.add("d");
    } else if (large instanceof Large.InObject object) {
      set.put("o", Values.number(object.zxid()));
      remove.addAll(List.of("d", "p"));
    } else if (update.data() != null) {
      set.put("d", Values.bytes(update.data()));
      remove.add("p");
    }
  }
}
