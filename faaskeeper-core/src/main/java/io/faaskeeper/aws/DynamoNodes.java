package io.faaskeeper.aws;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.StoredNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * User storage as {@link NodeItem}s, with {@link DataParts} beside them. Tombstones and
 * placeholders expire after a day; who subscribes again to one that has less than half of it left
 * prolongs it.
 */
final class DynamoNodes implements NodeStore {
  private static final Duration LIFE = Duration.ofDays(1);

  /** How often data is looked for before its node is said to be in the middle of a change. */
  private static final int READS = 6;

  private static final String KEY = Tables.NODES.partition().name();

  private final Dynamo dynamo;
  private final DataParts parts;

  DynamoNodes(Dynamo dynamo) {
    this.dynamo = dynamo;
    this.parts = new DataParts(dynamo);
  }

  @Override
  public CompletionStage<StoredNode> read(String path, boolean withData) {
    if (withData) {
      return readWithData(Keys.path(path), READS);
    }
    return dynamo
        .get(Tables.NODES, key(Keys.path(path)), NodeItem.WITHOUT_DATA)
        .thenApply(item -> new NodeItem(item).stored(null));
  }

  private CompletionStage<StoredNode> readWithData(byte[] key, int reads) {
    return dynamo
        .get(Tables.NODES, key(key))
        .thenCompose(item -> withData(key, new NodeItem(item), reads));
  }

  private CompletionStage<StoredNode> withData(byte[] key, NodeItem node, int reads) {
    Optional<DataParts.Place> place = node.place();
    if (place.isEmpty()) {
      return CompletableFuture.completedStage(node.stored(node.inlineData()));
    }
    return parts
        .read(key, place.get())
        .thenCompose(
            read -> {
              if (read.bytes() != null) {
                return CompletableFuture.completedStage(node.stored(read.bytes()));
              }
              return reads > 1
                  ? readWithData(key, reads - 1)
                  : CompletableFuture.completedStage(changing(node, read.zxid()));
            });
  }

  /**
   * A node whose next data has begun to replace the data that it had. Whoever began has not come to
   * an end, so that the watermark is not there yet: a reader waits for it, and thereby makes
   * somebody finish.
   */
  private static StoredNode changing(NodeItem node, long zxid) {
    return StoredNode.gone(Math.max(node.touched(), zxid), node.interested());
  }

  @Override
  public CompletionStage<StoredNode> subscribe(
      String path, Subscription subscription, boolean withData) {
    byte[] key = Keys.path(path);
    AttributeValue expiry = dynamo.expiry(LIFE);
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(key))
            .updateExpression("ADD i :i SET e = if_not_exists(e, :e)")
            .expressionAttributeValues(
                Map.of(":i", Values.set(NodeItem.element(subscription)), ":e", expiry))
            .returnValues(ReturnValue.ALL_NEW);
    return dynamo
        .update(Tables.NODES, update, Deadline.NONE)
        .thenApply(outcome -> new NodeItem(outcome.item()))
        .thenCompose(node -> prolonged(key, node, expiry))
        .thenCompose(
            node ->
                withData
                    ? withData(key, node, READS)
                    : CompletableFuture.completedStage(node.stored(null)));
  }

  private CompletionStage<NodeItem> prolonged(byte[] key, NodeItem node, AttributeValue expiry) {
    if (node.expiry() > Long.parseLong(expiry.n()) - LIFE.toSeconds() / 2) {
      return CompletableFuture.completedStage(node);
    }
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(key))
            .updateExpression("SET e = :e")
            .conditionExpression("e < :e AND attribute_exists(i)")
            .expressionAttributeValues(Map.of(":e", expiry));
    return dynamo.update(Tables.NODES, update, Deadline.NONE).thenApply(done -> node);
  }

  @Override
  public CompletionStage<Void> unsubscribe(String path, Subscription subscription) {
    byte[] element = NodeItem.element(subscription);
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(key(Keys.path(path)))
            .updateExpression("DELETE i :i")
            .conditionExpression("contains(i, :one)")
            .expressionAttributeValues(
                Map.of(":i", Values.set(element), ":one", Values.bytes(element)));
    return dynamo.update(Tables.NODES, update, Deadline.NONE).thenAccept(done -> {});
  }

  @Override
  public CompletionStage<Set<Subscription>> apply(NodeUpdate update, Deadline deadline) {
    byte[] key = Keys.path(update.path());
    byte[] large = NodeChanges.largeData(update);
    CompletionStage<Void> data =
        large == null
            ? CompletableFuture.completedStage(null)
            : parts.put(key, DataParts.Place.of(update, large.length), large, deadline);
    return data.thenCompose(
            done ->
                dynamo.update(
                    Tables.NODES,
                    NodeChanges.request(update, dynamo.expiry(LIFE)).key(key(key)),
                    deadline))
        .thenApply(outcome -> new NodeItem(outcome.item()))
        .thenCompose(
            node -> withoutParts(key, update, node, deadline).thenApply(done -> node.interested()));
  }

  /**
   * Whoever finds the tombstone that it was to write deletes the parts: the first may have died.
   */
  private CompletionStage<Void> withoutParts(
      byte[] key, NodeUpdate update, NodeItem node, Deadline deadline) {
    if (update.alive() || node.touched() != update.zxid()) {
      return CompletableFuture.completedStage(null);
    }
    return parts
        .delete(key, 0, node.usedParts(0), update.zxid(), deadline)
        .thenCompose(done -> parts.delete(key, 1, node.usedParts(1), update.zxid(), deadline));
  }

  private static Map<String, AttributeValue> key(byte[] key) {
    return Map.of(KEY, Values.bytes(key));
  }
}
