package io.faaskeeper.aws;

import io.faaskeeper.model.Codec;
import io.faaskeeper.port.NodeUpdate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A {@link NodeUpdate} as an update of its {@link NodeItem}: it names only what changed. */
final class NodeChanges {
  private NodeChanges() {}

  /** Whether the update has data that is too large for the item. */
  static boolean needsParts(NodeUpdate update) {
    return update.alive() && data(update).length > NodeItem.INLINE_BYTES;
  }

  /** Its data, none if it has none. */
  static byte[] data(NodeUpdate update) {
    return update.data() == null ? new byte[0] : update.data();
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
    List<String> remove = new ArrayList<>();
    set.put("t", Values.number(update.zxid()));
    if (update.alive()) {
      living(update, set, remove);
    } else {
      set.put(TableSchema.EXPIRY, expiry);
      remove.addAll(List.of("s", "a", "d"));
    }
    StringBuilder expression = new StringBuilder("SET ");
    expression.append(
        String.join(",", set.keySet().stream().map(name -> name + "=:" + name).toList()));
    if (!remove.isEmpty()) {
      expression.append(" REMOVE ").append(String.join(",", remove));
    }
    Map<String, AttributeValue> values = new HashMap<>();
    set.forEach((name, value) -> values.put(":" + name, value));
    return UpdateItemRequest.builder()
        .updateExpression(expression.toString())
        .conditionExpression("attribute_not_exists(t) OR t < :t")
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.ALL_NEW);
  }

  private static void living(
      NodeUpdate update, Map<String, AttributeValue> set, List<String> remove) {
    set.put("s", Values.bytes(Codec.encodeStat(update.stat(), update.childSum())));
    set.put(TableSchema.EXPIRY, Values.flag(false));
    if (update.acl() != null) {
      set.put("a", Values.bytes(Codec.encodeAcl(update.acl())));
    }
    if (needsParts(update)) {
      byte[] data = data(update);
      set.put(
          NodeItem.partsName(DataParts.slot(update.stat().version())),
          Values.bytes(new byte[] {(byte) Parts.count(data.length)}));
      remove.add("d");
    } else if (update.data() != null) {
      set.put("d", Values.bytes(update.data()));
    }
  }
}
