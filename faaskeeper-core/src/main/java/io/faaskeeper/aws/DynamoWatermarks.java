package io.faaskeeper.aws;

import io.faaskeeper.model.ByteWriter;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The watermark as one item: r the record, z the zxid, g the generation, h whether the heartbeat is
 * on, a a random number that names the call that moved it last. A recursive watch is an item under
 * a hash of its content: w the path, q the process, i the subscription's generation.
 */
final class DynamoWatermarks implements Watermarks {
  private static final String PARTITION = Tables.STATE.partition().name();
  private static final String SORT = "n";
  private static final AttributeValue RECURSIVE = Values.text("recursive");
  private static final Map<String, AttributeValue> WATERMARK =
      Map.of(PARTITION, Values.text("watermark"), SORT, Values.bytes(new byte[1]));

  private final Dynamo dynamo;
  private final LongSupplier random;

  DynamoWatermarks(Dynamo dynamo, LongSupplier random) {
    this.dynamo = dynamo;
    this.random = random;
  }

  @Override
  public CompletionStage<Watermark> read() {
    return dynamo.get(Tables.STATE, WATERMARK).thenApply(DynamoWatermarks::watermark);
  }

  /** A call whose answer was lost and that the SDK repeated knows its move by its name. */
  @Override
  public CompletionStage<Advance> advance(
      Watermark expected, long record, long zxid, Deadline deadline) {
    AttributeValue move = Values.number(random.getAsLong());
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":r", Values.number(record));
    values.put(":z", Values.number(zxid));
    values.put(":a", move);
    values.put(":oldr", Values.number(expected.record()));
    values.put(":oldg", Values.number(expected.generation()));
    String condition =
        equalsOrNew("r", expected.record()) + " AND " + equalsOrNew("g", expected.generation());
    if (expected.heartbeat()) {
      values.put(":on", Values.flag(true));
      condition += " AND h = :on";
    }
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(WATERMARK)
            .updateExpression("SET r = :r, z = :z, a = :a")
            .conditionExpression(condition)
            .expressionAttributeValues(values)
            .returnValues(ReturnValue.ALL_NEW);
    return dynamo
        .update(Tables.STATE, update, deadline)
        .thenApply(
            outcome ->
                new Advance(
                    outcome.done() || move.equals(outcome.item().get("a")),
                    watermark(outcome.item())));
  }

  /** Absent counts as 0. */
  private static String equalsOrNew(String name, long expected) {
    String equal = name + " = :old" + name;
    return expected == 0 ? "(attribute_not_exists(" + name + ") OR " + equal + ")" : equal;
  }

  @Override
  public CompletionStage<Watermark> switchOn() {
    return move("SET h = :h", Map.of(":h", Values.flag(true)));
  }

  @Override
  public CompletionStage<Watermark> switchOff(Watermark seen) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(WATERMARK)
            .updateExpression("SET h = :h")
            .conditionExpression(equalsOrNew("r", seen.record()))
            .expressionAttributeValues(
                Map.of(":h", Values.flag(false), ":oldr", Values.number(seen.record())))
            .returnValues(ReturnValue.ALL_NEW);
    return dynamo
        .update(Tables.STATE, update, Deadline.NONE)
        .thenApply(outcome -> watermark(outcome.item()));
  }

  @Override
  public CompletionStage<Watermark> watchRecursively(String path, Subscription subscription) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .item(
                Map.of(
                    PARTITION,
                    RECURSIVE,
                    SORT,
                    key(path, subscription),
                    "w",
                    Values.text(path),
                    "q",
                    Values.text(subscription.process()),
                    "i",
                    Values.number(subscription.generation())));
    return dynamo
        .put(Tables.STATE, put, Deadline.NONE)
        .thenCompose(done -> move("ADD g :one", Map.of(":one", Values.number(1))));
  }

  private CompletionStage<Watermark> move(String update, Map<String, AttributeValue> values) {
    return dynamo
        .update(
            Tables.STATE,
            UpdateItemRequest.builder()
                .key(WATERMARK)
                .updateExpression(update)
                .expressionAttributeValues(values)
                .returnValues(ReturnValue.ALL_NEW),
            Deadline.NONE)
        .thenApply(outcome -> watermark(outcome.item()));
  }

  @Override
  public CompletionStage<Void> unwatchRecursively(String path, Subscription subscription) {
    DeleteItemRequest.Builder delete =
        DeleteItemRequest.builder()
            .key(Map.of(PARTITION, RECURSIVE, SORT, key(path, subscription)));
    return dynamo.delete(Tables.STATE, delete, Deadline.NONE).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<RecursiveWatch>> recursiveWatches() {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .keyConditionExpression("k = :k")
            .expressionAttributeValues(Map.of(":k", RECURSIVE));
    return dynamo
        .all(Tables.STATE, query)
        .thenApply(items -> items.stream().map(DynamoWatermarks::recursiveWatch).toList());
  }

  private static RecursiveWatch recursiveWatch(Map<String, AttributeValue> item) {
    return new RecursiveWatch(
        Values.text(item, "w"),
        new Subscription(Values.text(item, "q"), Values.number(item, "i", 0)));
  }

  private static AttributeValue key(String path, Subscription subscription) {
    return Values.bytes(
        Keys.hash(
            new ByteWriter()
                .text(path)
                .text(subscription.process())
                .number(subscription.generation())
                .toByteArray()));
  }

  private static Watermark watermark(Map<String, AttributeValue> item) {
    return new Watermark(
        Values.number(item, "r", 0),
        Values.number(item, "z", 0),
        Values.number(item, "g", 0),
        Values.flag(item, "h"));
  }
}
