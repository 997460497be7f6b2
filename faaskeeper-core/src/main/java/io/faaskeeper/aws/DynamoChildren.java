package io.faaskeeper.aws;

import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildItem.Version;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A child as an item of some 53 bytes and its name: v its newest version, o the one before it, each
 * as eight bytes with the zxid first, so that their order is that of the zxids; empty if there is
 * none; e when the item of a child that is gone expires, should a late copy of the distributor
 * bring it back after it was removed. A name above 1,000 bytes is also in m, and its place in the
 * order is that of its first 1,000.
 */
final class DynamoChildren implements ChildStore {
  private static final String PARENT = Tables.CHILDREN.partition().name();
  private static final String NAME = "n";
  private static final byte[] NONE = {};
  private static final Duration LIFE = Duration.ofDays(1);

  private final Dynamo dynamo;

  DynamoChildren(Dynamo dynamo) {
    this.dynamo = dynamo;
  }

  @Override
  public CompletionStage<Void> apply(
      String parent, String name, Version current, @Nullable Version previous, Deadline deadline) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":v", Values.bytes(packed(current)));
    values.put(":z", Values.bytes(packed(new Version(current.zxid(), false))));
    values.put(":o", Values.bytes(previous == null ? NONE : packed(previous)));
    String set = "SET v = :v, o = " + (previous == null ? "if_not_exists(v, :o)" : ":o");
    byte[] sort = Keys.ordered(name);
    if (!Keys.isWhole(sort)) {
      set += ", m = :m";
      values.put(":m", Values.text(name));
    }
    if (current.alive()) {
      set += " REMOVE " + TableSchema.EXPIRY;
    } else {
      set += ", " + TableSchema.EXPIRY + " = :e";
      values.put(":e", dynamo.expiry(LIFE));
    }
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(parent, sort))
            .updateExpression(set)
            .conditionExpression("attribute_not_exists(v) OR v < :z")
            .expressionAttributeValues(values);
    return dynamo.update(Tables.CHILDREN, update, deadline).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> remove(
      String parent, String name, Version current, Deadline deadline) {
    DeleteItemRequest.Builder delete =
        DeleteItemRequest.builder()
            .key(key(parent, Keys.ordered(name)))
            .conditionExpression("v = :v")
            .expressionAttributeValues(Map.of(":v", Values.bytes(packed(current))));
    return dynamo.delete(Tables.CHILDREN, delete, deadline).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Page> list(String parent, @Nullable String after) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .keyConditionExpression("p = :p")
            .expressionAttributeValues(Map.of(":p", Values.bytes(Keys.path(parent))));
    if (after != null) {
      query.exclusiveStartKey(key(parent, Keys.ordered(after)));
    }
    return dynamo.page(Tables.CHILDREN, query).thenApply(DynamoChildren::page);
  }

  private static Page page(QueryResponse response) {
    var items = response.items().stream().map(DynamoChildren::child).toList();
    return new Page(
        items, response.hasLastEvaluatedKey() ? items.get(items.size() - 1).name() : null);
  }

  private static ChildItem child(Map<String, AttributeValue> item) {
    byte[] sort = Values.needBytes(item, NAME);
    byte[] previous = Values.bytes(item, "o");
    return new ChildItem(
        Keys.isWhole(sort) ? Keys.text(sort) : Values.text(item, "m"),
        version(Values.needBytes(item, "v")),
        previous == null || previous.length == 0 ? null : version(previous));
  }

  /** The zxid first, then whether the child is there. */
  private static byte[] packed(Version version) {
    return Keys.number(version.zxid() << 1 | (version.alive() ? 1 : 0));
  }

  private static Version version(byte[] packed) {
    long number = Keys.number(packed);
    return new Version(number >>> 1, (number & 1) == 1);
  }

  private static Map<String, AttributeValue> key(String parent, byte[] sort) {
    return Map.of(PARENT, Values.bytes(Keys.path(parent)), NAME, Values.bytes(sort));
  }
}
