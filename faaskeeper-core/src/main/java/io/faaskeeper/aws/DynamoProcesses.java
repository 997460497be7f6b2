package io.faaskeeper.aws;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A process as an item: c the counter, t the timeout, a the address, f whether it is fenced. All
 * are in one partition, which bears a thousand renewals a second. The secrets have a table of their
 * own.
 */
final class DynamoProcesses implements ProcessRegistry {
  private static final String PARTITION = Tables.PROCESSES.partition().name();
  private static final String NAME = "n";
  private static final AttributeValue ALL = Values.text("p");

  private final Dynamo dynamo;

  DynamoProcesses(Dynamo dynamo) {
    this.dynamo = dynamo;
  }

  /**
   * A row that is there already is left: a name is never used twice, so it is the one that this
   * very call put before its answer was lost.
   */
  @Override
  public CompletionStage<Void> register(
      String name, byte[] channelSecret, int timeoutMillis, String address) {
    PutItemRequest.Builder secret =
        PutItemRequest.builder().item(Map.of(NAME, name(name), "v", Values.bytes(channelSecret)));
    PutItemRequest.Builder row =
        PutItemRequest.builder()
            .item(
                Map.of(
                    PARTITION,
                    ALL,
                    NAME,
                    name(name),
                    "c",
                    Values.number(0),
                    "t",
                    Values.number(timeoutMillis),
                    "a",
                    Values.text(address)))
            .conditionExpression("attribute_not_exists(c)");
    return Dynamo.all(
        List.of(
            dynamo.put(Tables.SECRETS, secret, Deadline.NONE),
            dynamo.put(Tables.PROCESSES, row, Deadline.NONE)));
  }

  /** A renewal that the SDK repeats moves the counter twice: it only has to move. */
  @Override
  public CompletionStage<OptionalLong> renew(String name, int timeoutMillis) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(name))
            .updateExpression("SET t = :t ADD c :one")
            .conditionExpression("attribute_exists(c) AND attribute_not_exists(f)")
            .expressionAttributeValues(
                Map.of(":t", Values.number(timeoutMillis), ":one", Values.number(1)))
            .returnValues(ReturnValue.UPDATED_NEW);
    return dynamo
        .update(Tables.PROCESSES, update, Deadline.NONE)
        .thenApply(
            outcome ->
                outcome.done()
                    ? OptionalLong.of(Values.number(outcome.item(), "c", 0))
                    : OptionalLong.empty());
  }

  @Override
  public CompletionStage<Optional<ProcessRow>> read(String name) {
    return dynamo.get(Tables.PROCESSES, key(name)).thenApply(DynamoProcesses::row);
  }

  @Override
  public CompletionStage<Optional<byte[]>> channelSecret(String name) {
    return dynamo
        .get(Tables.SECRETS, Map.of(NAME, name(name)))
        .thenApply(item -> Optional.ofNullable(Values.bytes(item, "v")));
  }

  @Override
  public CompletionStage<Optional<ProcessRow>> fence(String name, long counter, Deadline deadline) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(name))
            .updateExpression("SET f = :f")
            .conditionExpression("c = :c")
            .expressionAttributeValues(
                Map.of(":f", Values.flag(true), ":c", Values.number(counter)))
            .returnValues(ReturnValue.ALL_NEW);
    return dynamo
        .update(Tables.PROCESSES, update, deadline)
        .thenApply(outcome -> row(outcome.item()));
  }

  @Override
  public CompletionStage<Void> remove(String name, Deadline deadline) {
    DeleteItemRequest.Builder row =
        DeleteItemRequest.builder()
            .key(key(name))
            .conditionExpression("attribute_not_exists(c) OR attribute_exists(f)");
    DeleteItemRequest.Builder secret = DeleteItemRequest.builder().key(Map.of(NAME, name(name)));
    return dynamo
        .delete(Tables.PROCESSES, row, deadline)
        .thenCompose(
            outcome ->
                outcome.done()
                    ? dynamo.delete(Tables.SECRETS, secret, deadline).thenAccept(done -> {})
                    : CompletableFuture.completedStage(null));
  }

  @Override
  public CompletionStage<List<ProcessRow>> list(String after, int limit) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .keyConditionExpression("k = :k")
            .expressionAttributeValues(Map.of(":k", ALL))
            .exclusiveStartKey(after.isEmpty() ? null : key(after));
    return list(query, limit, new ArrayList<>());
  }

  private CompletionStage<List<ProcessRow>> list(
      QueryRequest.Builder query, int limit, List<ProcessRow> rows) {
    return dynamo
        .page(Tables.PROCESSES, query.limit(limit - rows.size()))
        .thenCompose(
            page -> {
              page.items().forEach(item -> row(item).ifPresent(rows::add));
              return page.hasLastEvaluatedKey() && rows.size() < limit
                  ? list(query.exclusiveStartKey(page.lastEvaluatedKey()), limit, rows)
                  : CompletableFuture.completedStage(rows);
            });
  }

  private static Optional<ProcessRow> row(Map<String, AttributeValue> item) {
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProcessRow(
                Keys.text(Values.needBytes(item, NAME)),
                Values.number(item, "c", 0),
                (int) Values.number(item, "t", 0),
                Values.text(item, "a"),
                item.containsKey("f")));
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of(PARTITION, ALL, NAME, name(name));
  }

  private static AttributeValue name(String name) {
    return Values.bytes(Keys.utf8(name));
  }
}
