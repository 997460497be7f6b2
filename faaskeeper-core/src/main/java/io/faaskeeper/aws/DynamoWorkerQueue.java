package io.faaskeeper.aws;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.WorkerQueue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The worker queue on a table whose stream feeds the writer. A group is one item, which each
 * message overwrites: a stream tells the changes of one item in their order, and nothing has to be
 * deleted. The item has g, the group, m, the message, and d and b, hashes of deduplication ids: d
 * of the last messages, b of those before them, some {@link #REMEMBERED} each. A message of an id
 * that they have is not sent again. Thread-safe.
 */
final class DynamoWorkerQueue implements WorkerQueue {
  /** An item is billed whole with each message, so large ones are put aside. */
  static final int INLINE_BYTES = 16 * 1024;

  private static final int REMEMBERED = 16;
  private static final int HASH_BYTES = 8;
  private static final String GROUP = Tables.WORKER.partition().name();
  private static final String NEW = "NOT contains(d,:h) AND NOT contains(b,:h)";

  private final Dynamo dynamo;
  private final MessageBodies bodies;
  private final GroupOrder order;

  DynamoWorkerQueue(Dynamo dynamo, MessageBodies bodies, int groups) {
    this.dynamo = dynamo;
    this.bodies = bodies;
    this.order = new GroupOrder(groups);
  }

  @Override
  public int groups() {
    return order.groups();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    byte[] hash =
        Arrays.copyOf(Keys.hash(deduplicationId.getBytes(StandardCharsets.UTF_8)), HASH_BYTES);
    return order.send(
        group, () -> bodies.write(message).thenCompose(body -> put(group, hash, body)));
  }

  private CompletionStage<Void> put(int group, byte[] hash, String body) {
    UpdateItemRequest.Builder update =
        request(group, hash, body)
            .updateExpression("SET m=:m ADD d :s")
            .conditionExpression(NEW + " AND (attribute_not_exists(d) OR size(d) < :n)");
    return dynamo
        .update(Tables.WORKER, update, Deadline.NONE)
        .thenCompose(
            outcome ->
                outcome.done() || isIn(outcome.item(), hash)
                    ? CompletableFuture.completedStage(null)
                    : forget(group, hash, body));
  }

  /** There are enough hashes in d: they take the place of those in b. */
  private CompletionStage<Void> forget(int group, byte[] hash, String body) {
    UpdateItemRequest.Builder update =
        request(group, hash, body)
            .updateExpression("SET m=:m, b=d, d=:s")
            .conditionExpression(NEW + " AND size(d) >= :n");
    return dynamo
        .update(Tables.WORKER, update, Deadline.NONE)
        .thenCompose(
            outcome ->
                outcome.done() || isIn(outcome.item(), hash)
                    ? CompletableFuture.completedStage(null)
                    : put(group, hash, body));
  }

  private static UpdateItemRequest.Builder request(int group, byte[] hash, String body) {
    return UpdateItemRequest.builder()
        .key(Map.of(GROUP, Values.number(group)))
        .expressionAttributeValues(
            Map.of(
                ":m",
                Values.text(body),
                ":h",
                Values.bytes(hash),
                ":s",
                Values.set(hash),
                ":n",
                Values.number(REMEMBERED)));
  }

  private static boolean isIn(Map<String, AttributeValue> item, byte[] hash) {
    SdkBytes one = SdkBytes.fromByteArray(hash);
    return Values.set(item, "d").contains(one) || Values.set(item, "b").contains(one);
  }
}
