package io.faaskeeper.aws;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The calls that the ports make, on the tables of one deployment: reads strongly consistent, a
 * refused condition as a value, no write begun after its deadline. Thread-safe.
 */
final class Dynamo {
  private final DynamoDbAsyncClient client;
  private final AwsDeploymentNames names;
  private final Clock clock;
  private final Gate gate = new Gate(AwsClients.CONNECTIONS);

  Dynamo(DynamoDbAsyncClient client, AwsDeploymentNames names, Clock clock) {
    this.client = client;
    this.names = names;
    this.clock = clock;
  }

  /**
   * What became of a write.
   *
   * @param done whether it was done, or refused by its condition
   * @param item what it returned; if it was refused, the item as it is stored
   */
  record Outcome(boolean done, Map<String, AttributeValue> item) {}

  /** The item, or an empty map. */
  CompletionStage<Map<String, AttributeValue>> get(
      TableSchema table, Map<String, AttributeValue> key) {
    return get(GetItemRequest.builder().tableName(names.table(table)).key(key));
  }

  /**
   * Some attributes of the item; empty if there is none, or it has none of them.
   *
   * @param attributes their names, with commas between them
   */
  CompletionStage<Map<String, AttributeValue>> get(
      TableSchema table, Map<String, AttributeValue> key, String attributes) {
    return get(
        GetItemRequest.builder()
            .tableName(names.table(table))
            .key(key)
            .projectionExpression(attributes));
  }

  private CompletionStage<Map<String, AttributeValue>> get(GetItemRequest.Builder request) {
    return unwrapped(() -> client.getItem(request.consistentRead(true).build()))
        .thenApply(GetItemResponse::item);
  }

  /** The query's first page, strongly consistent as all that is read here. */
  CompletionStage<QueryResponse> page(TableSchema table, QueryRequest.Builder query) {
    QueryRequest request = query.tableName(names.table(table)).consistentRead(true).build();
    return unwrapped(() -> client.query(request));
  }

  /** All items of a query. */
  CompletionStage<List<Map<String, AttributeValue>>> all(
      TableSchema table, QueryRequest.Builder query) {
    return all(table, query, new ArrayList<>());
  }

  private CompletionStage<List<Map<String, AttributeValue>>> all(
      TableSchema table, QueryRequest.Builder query, List<Map<String, AttributeValue>> items) {
    return page(table, query)
        .thenCompose(
            page -> {
              items.addAll(page.items());
              return page.hasLastEvaluatedKey()
                  ? all(table, query.exclusiveStartKey(page.lastEvaluatedKey()), items)
                  : CompletableFuture.completedStage(items);
            });
  }

  CompletionStage<Outcome> put(TableSchema table, PutItemRequest.Builder put, Deadline deadline) {
    put.tableName(names.table(table))
        .returnValuesOnConditionCheckFailure(storedIf(put.build().conditionExpression()));
    return write(
        deadline,
        guard ->
            client
                .putItem(put.overrideConfiguration(guard).build())
                .thenApply(PutItemResponse::attributes));
  }

  CompletionStage<Outcome> update(
      TableSchema table, UpdateItemRequest.Builder update, Deadline deadline) {
    update
        .tableName(names.table(table))
        .returnValuesOnConditionCheckFailure(storedIf(update.build().conditionExpression()));
    return write(
        deadline,
        guard ->
            client
                .updateItem(update.overrideConfiguration(guard).build())
                .thenApply(UpdateItemResponse::attributes));
  }

  CompletionStage<Outcome> delete(
      TableSchema table, DeleteItemRequest.Builder delete, Deadline deadline) {
    delete
        .tableName(names.table(table))
        .returnValuesOnConditionCheckFailure(storedIf(delete.build().conditionExpression()));
    return write(
        deadline,
        guard ->
            client
                .deleteItem(delete.overrideConfiguration(guard).build())
                .thenApply(DeleteItemResponse::attributes));
  }

  /** A condition is to hand over the item that refused it; it costs nothing. */
  private static @Nullable ReturnValuesOnConditionCheckFailure storedIf(
      @Nullable String condition) {
    return condition == null ? null : ReturnValuesOnConditionCheckFailure.ALL_OLD;
  }

  /** The second in which an item expires that is to live at least as long. */
  AttributeValue expiry(Duration life) {
    return Values.number(clock.currentTimeMillis() / 1000 + life.toSeconds());
  }

  /** Completes when all do. */
  static CompletionStage<Void> all(List<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Outcome> write(
      Deadline deadline,
      Function<AwsRequestOverrideConfiguration, CompletableFuture<Map<String, AttributeValue>>>
          call) {
    return gate.pass(
            () ->
                deadline.hasPassed(clock)
                    ? CompletableFuture.failedFuture(
                        new DeadlinePassedException("the deadline has passed"))
                    : call.apply(new DeadlineGuard(deadline, clock).override()))
        .handle(Dynamo::outcome);
  }

  private static Outcome outcome(
      @Nullable Map<String, AttributeValue> item, @Nullable Throwable failure) {
    if (failure == null) {
      return new Outcome(true, item == null ? Map.of() : item);
    }
    Throwable cause = cause(failure);
    if (cause instanceof ConditionalCheckFailedException refused) {
      return new Outcome(false, refused.hasItem() ? refused.item() : Map.of());
    }
    throw new CompletionException(cause);
  }

  private <T> CompletionStage<T> unwrapped(Supplier<CompletableFuture<T>> call) {
    return gate.pass(call)
        .exceptionally(
            failure -> {
              throw new CompletionException(cause(failure));
            });
  }

  /** The failure itself, out of what futures and the SDK wrap around it. */
  static Throwable cause(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeadlinePassedException) {
        return cause;
      }
    }
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
