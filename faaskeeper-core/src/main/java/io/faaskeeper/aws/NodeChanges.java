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
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A {@link NodeUpdate} as an update of its {@link NodeItem}: it names only what changed. */
final class NodeChanges {
  private NodeChanges() {}

  /** The data of the update if it is too large for the item, else null. */
  static byte @Nullable [] largeData(NodeUpdate update) {
    byte[] data = update.data();
    return data != null && data.length > NodeItem.INLINE_BYTES ? data : null;
  }

  /**
   * The update, but for its key. It returns the whole item, for the processes interested: what is
   * returned costs nothing, and only whole items can be returned with attributes that did not
   * change.
   *
   * @param expiry of a tombstone
   */
  static UpdateItemRequest.Builder request(NodeUpdate update, AttributeValue expiry) {
    Map<String, AttributeValue> set = new HashMap<>();
    Map<String, AttributeValue> add = new HashMap<>();
    List<String> remove = new ArrayList<>();
    set.put("t", Values.number(update.zxid()));
    if (update.alive()) {
      living(update, set, add, remove);
    } else {
      set.put(TableSchema.EXPIRY, expiry);
      remove.addAll(List.of("s", "a", "d", "p"));
    }
    Map<String, AttributeValue> values = new HashMap<>();
    set.forEach((name, value) -> values.put(":" + name, value));
    add.forEach((name, value) -> values.put(":" + name, value));
    return UpdateItemRequest.builder()
        .updateExpression(
            clause("SET", set.keySet(), name -> name + "=:" + name)
                + clause("ADD", add.keySet(), name -> name + " :" + name)
                + clause("REMOVE", remove, name -> name))
        .conditionExpression("attribute_not_exists(t) OR t < :t")
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_NEW);
  }

  private static String clause(
      String action, Collection<String> attributes, UnaryOperator<String> each) {
    return attributes.isEmpty()
        ? ""
        : attributes.stream().map(each).collect(Collectors.joining(",", action + " ", " "));
  }

  private static void living(
      NodeUpdate update,
      Map<String, AttributeValue> set,
      Map<String, AttributeValue> add,
      List<String> remove) {
    set.put("s", Values.bytes(Codec.encodeStat(update.stat(), update.childSum())));
    set.put(TableSchema.EXPIRY, Values.flag(false));
    if (update.acl() != null) {
      set.put("a", Values.bytes(Codec.encodeAcl(update.acl())));
    }
    byte[] large = largeData(update);
    if (large != null) {
      DataParts.Place place = DataParts.Place.of(update, large.length);
      set.put("p", Values.bytes(place.encode()));
      add.put(
          NodeItem.usedName(place.slot()),
          AttributeValue.fromNs(List.of(Integer.toString(place.count()))));
      remove.add("d");
    } else if (update.data() != null) {
      set.put("d", Values.bytes(update.data()));
      remove.add("p");
    }
  }
}
