package io.faaskeeper.simulation;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.port.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * DynamoDB as far as single items of tables without a sort key go: strongly consistent reads, and
 * conditional writes that hand over the item that refused them. What has expired is gone at once.
 * Every call takes effect at once, too. Not thread-safe.
 */
final class SimulatedTables implements DynamoDbAsyncClient {
  private final Clock clock;
  private final AwsDeploymentNames names;
  private final BiConsumer<TableSchema, Map<String, AttributeValue>> written;
  private final Map<String, Table> tables = new HashMap<>();

  private static final class Table {
    final TableSchema schema;
    final Map<Object, Map<String, AttributeValue>> items = new HashMap<>();

    Table(TableSchema schema) {
      this.schema = schema;
    }
  }

  /**
   * All tables of a deployment, empty.
   *
   * @param clock tells when something has expired
   * @param written told of each item that is put or changed, as a stream would be
   */
  SimulatedTables(
      Clock clock,
      AwsDeploymentNames names,
      BiConsumer<TableSchema, Map<String, AttributeValue>> written) {
    this.clock = clock;
    this.names = names;
    this.written = written;
    for (TableSchema schema : Tables.ALL) {
      if (schema.sort() == null) {
        tables.put(names.table(schema), new Table(schema));
      }
    }
    tables.put(names.table(Tables.WORKER), new Table(Tables.WORKER));
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}

  /** All that is there at some time, if nothing is written until then. */
  Collection<Map<String, AttributeValue>> items(TableSchema schema, long atMillis) {
    Table table = table(names.table(schema));
    table.items.values().removeIf(item -> hasExpired(table, item, atMillis));
    return table.items.values();
  }

  @Override
  public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
    Table table = table(request.tableName());
    Map<String, AttributeValue> item = find(table, key(table, request.key()));
    if (item != null && request.projectionExpression() != null) {
      item = new HashMap<>(item);
      item.keySet().retainAll(List.of(request.projectionExpression().split(",", -1)));
    }
    return done(GetItemResponse.builder().item(item).build());
  }

  @Override
  public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
    Table table = table(request.tableName());
    Object key = key(table, request.item());
    Map<String, AttributeValue> old = find(table, key);
    if (isRefused(request.conditionExpression(), request.expressionAttributeValues(), old)) {
      return refused(old);
    }
    table.items.put(key, Map.copyOf(request.item()));
    written.accept(table.schema, request.item());
    return done(PutItemResponse.builder().build());
  }

  @Override
  public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
    Table table = table(request.tableName());
    Object key = key(table, request.key());
    Map<String, AttributeValue> old = find(table, key);
    Map<String, AttributeValue> values = request.expressionAttributeValues();
    if (isRefused(request.conditionExpression(), values, old)) {
      return refused(old);
    }
    Map<String, AttributeValue> changed =
        TableExpression.update(
            request.updateExpression(), values, old == null ? request.key() : old);
    table.items.put(key, changed);
    written.accept(table.schema, changed);
    return done(UpdateItemResponse.builder().attributes(changed).build());
  }

  @Override
  public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
    Table table = table(request.tableName());
    Object key = key(table, request.key());
    Map<String, AttributeValue> old = find(table, key);
    if (isRefused(request.conditionExpression(), request.expressionAttributeValues(), old)) {
      return refused(old);
    }
    table.items.remove(key);
    return done(DeleteItemResponse.builder().build());
  }

  private Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no such table: " + name);
    }
    return table;
  }

  private static Object key(Table table, Map<String, AttributeValue> item) {
    AttributeValue value = item.get(table.schema.partition().name());
    if (value == null) {
      throw new IllegalArgumentException("no key in " + item);
    }
    return value.b() == null ? value.n() : value.b();
  }

  private @Nullable Map<String, AttributeValue> find(Table table, Object key) {
    Map<String, AttributeValue> item = table.items.get(key);
    if (item != null && hasExpired(table, item, clock.currentTimeMillis())) {
      table.items.remove(key);
      return null;
    }
    return item;
  }

  private static boolean hasExpired(Table table, Map<String, AttributeValue> item, long atMillis) {
    AttributeValue expiry = table.schema.expires() ? item.get(TableSchema.EXPIRY) : null;
    return expiry != null && expiry.n() != null && Long.parseLong(expiry.n()) < atMillis / 1_000;
  }

  private static boolean isRefused(
      @Nullable String condition,
      Map<String, AttributeValue> values,
      @Nullable Map<String, AttributeValue> old) {
    return condition != null
        && !TableCondition.holds(condition, values, old == null ? Map.of() : old);
  }

  private static <T> CompletableFuture<T> refused(@Nullable Map<String, AttributeValue> stored) {
    return CompletableFuture.failedFuture(
        ConditionalCheckFailedException.builder().item(stored).build());
  }

  private static <T> CompletableFuture<T> done(T response) {
    return CompletableFuture.completedFuture(response);
  }
}
