package io.faaskeeper.aws;

import io.faaskeeper.aws.NodeChanges.Large;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.StoredNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * User storage as {@link NodeItem}s, with data in {@link DataParts} or {@link DataObjects} beside
 * them. Tombstones and placeholders expire after a day; who subscribes again to one that has less
 * than half of it left prolongs it.
 */
final class DynamoNodes implements NodeStore {
  private static final Duration LIFE = Duration.ofDays(1);

  /** How often data is looked for before its node is said to be in the middle of a change. */
  private static final int READS = 6;

  private static final String KEY = Tables.NODES.partition().name();

  private final Dynamo dynamo;
  private final DataParts parts;
  private final @Nullable DataObjects objects;
  private final int inlineBytes;

  private DynamoNodes(
      Dynamo dynamo, @Nullable DataObjects objects, int inlineBytes, int partBytes) {
    this.dynamo = dynamo;
    this.parts = new DataParts(dynamo, partBytes);
    this.objects = objects;
    this.inlineBytes = inlineBytes;
  }

  /** Large data lies in tables, too. */
  static DynamoNodes inTables(Dynamo dynamo, Splitting splitting) {
    return new DynamoNodes(dynamo, null, splitting.inlineDataBytes(), splitting.dataPartBytes());
  }

  /** Large data lies in objects. */
  static DynamoNodes withLargeObjects(Dynamo dynamo, DataObjects objects, Splitting splitting) {
    return new DynamoNodes(dynamo, objects, splitting.inlineDataBytes(), splitting.dataPartBytes());
  }

  /** All data lies in objects, but for none. */
  static DynamoNodes withObjects(Dynamo dynamo, DataObjects objects) {
    return new DynamoNodes(dynamo, objects, 0, Parts.PART_BYTES);
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
    if (node.object() != 0) {
      return withObject(key, node, reads);
    }
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

  /** The object that is gone was replaced: the item names another. */
  private CompletionStage<StoredNode> withObject(byte[] key, NodeItem node, int reads) {
    if (objects == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("data lies in a bucket, and user-storage is key-value"));
    }
    return objects
        .get(key, node.object())
        .thenCompose(
            data ->
                data.isPresent()
                    ? CompletableFuture.completedStage(node.stored(data.get()))
                    : reads > 1
                        ? readWithData(key, reads - 1)
                        : CompletableFuture.failedStage(
                            new IllegalStateException(
                                "data of zxid " + node.object() + " is not in its bucket")));
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
  public CompletionStage<Applied> apply(NodeUpdate update, Deadline deadline) {
    byte[] key = Keys.path(update.path());
    Large large = large(update);
    return put(key, update, large, deadline)
        .thenCompose(
            done ->
                dynamo.update(
                    Tables.NODES,
                    NodeChanges.request(update, large, objects != null, dynamo.expiry(LIFE))
                        .key(key(key)),
                    deadline))
        .thenApply(outcome -> new NodeItem(outcome.item()))
        .thenCompose(
            node ->
                withoutParts(key, update, node, deadline)
                    .thenCompose(done -> withoutUnnamed(key, large, node, deadline))
                    .thenApply(done -> new Applied(node.interested(), replaced(update, node))));
  }

  private Large large(NodeUpdate update) {
    byte[] data = update.data();
    if (data == null || data.length <= inlineBytes) {
      return new Large.None();
    }
    return objects == null
        ? new Large.InParts(parts.place(update, data.length))
        : new Large.InObject(update.stat().mzxid());
  }

  private CompletionStage<Void> put(byte[] key, NodeUpdate update, Large large, Deadline deadline) {
    byte[] data = update.data();
    if (data != null && large instanceof Large.InParts in) {
      return parts.put(key, in.place(), data, deadline);
    }
    if (data != null && objects != null && large instanceof Large.InObject in) {
      return objects.put(key, in.zxid(), data, deadline);
    }
    return CompletableFuture.completedStage(null);
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

  /** A copy that came too late has put data that no item will ever name. */
  private CompletionStage<Void> withoutUnnamed(
      byte[] key, Large large, NodeItem node, Deadline deadline) {
    if (large instanceof Large.InParts in
        && node.place().filter(named -> named.zxid() == in.place().zxid()).isEmpty()) {
      DataParts.Place late = in.place();
      return parts.delete(key, late.slot(), late.count(), late.zxid() + 1, deadline);
    }
    return objects != null && large instanceof Large.InObject in && node.object() != in.zxid()
        ? objects.delete(key, in.zxid(), deadline)
        : CompletableFuture.completedStage(null);
  }

  /** Also who finds its update done tells: the first may have died before it could discard. */
  private static long replaced(NodeUpdate update, NodeItem node) {
    return (update.data() != null || !update.alive()) && node.touched() == update.zxid()
        ? node.replacedObject()
        : 0;
  }

  @Override
  public CompletionStage<Void> discard(String path, long replaced, Deadline deadline) {
    return objects == null
        ? CompletableFuture.completedStage(null)
        : objects.delete(Keys.path(path), replaced, deadline);
  }

  private static Map<String, AttributeValue> key(byte[] key) {
    return Map.of(KEY, Values.bytes(key));
  }
}
