package io.faaskeeper.aws;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.OwnerIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The owner index: one item per entry, under its owner. An entry above 1,000 bytes is also in m,
 * and its place in the order is that of its first 1,000. No owner or entry is empty.
 */
final class DynamoOwners implements OwnerIndex {
  private static final String OWNER = Tables.OWNERS.partition().name();
  private static final String ENTRY = "n";

  private final Dynamo dynamo;

  DynamoOwners(Dynamo dynamo) {
    this.dynamo = dynamo;
  }

  @Override
  public CompletionStage<Void> put(String owner, String entry, Deadline deadline) {
    Map<String, AttributeValue> item = new HashMap<>(key(owner, entry));
    if (!Keys.isWhole(Keys.ordered(entry))) {
      item.put("m", Values.text(entry));
    }
    return dynamo
        .put(Tables.OWNERS, PutItemRequest.builder().item(item), deadline)
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Void> remove(String owner, String entry, Deadline deadline) {
    return dynamo
        .delete(Tables.OWNERS, DeleteItemRequest.builder().key(key(owner, entry)), deadline)
        .thenAccept(done -> {});
  }

  @Override
  public CompletionStage<List<String>> list(String owner, String after, int limit) {
    QueryRequest.Builder query =
        QueryRequest.builder()
            .keyConditionExpression("o = :o")
            .expressionAttributeValues(Map.of(":o", Values.bytes(Keys.ordered(owner))));
    if (!after.isEmpty()) {
      query.exclusiveStartKey(key(owner, after));
    }
    return list(query, limit, new ArrayList<>());
  }

  private CompletionStage<List<String>> list(
      QueryRequest.Builder query, int limit, List<String> entries) {
    return dynamo
        .page(Tables.OWNERS, query.limit(limit - entries.size()))
        .thenCompose(
            page -> {
              page.items().forEach(item -> entries.add(entry(item)));
              return page.hasLastEvaluatedKey() && entries.size() < limit
                  ? list(query.exclusiveStartKey(page.lastEvaluatedKey()), limit, entries)
                  : CompletableFuture.completedStage(entries);
            });
  }

  private static String entry(Map<String, AttributeValue> item) {
    byte[] sort = Values.needBytes(item, ENTRY);
    return Keys.isWhole(sort) ? Keys.text(sort) : Values.text(item, "m");
  }

  private static Map<String, AttributeValue> key(String owner, String entry) {
    return Map.of(
        OWNER, Values.bytes(Keys.ordered(owner)), ENTRY, Values.bytes(Keys.ordered(entry)));
  }
}
