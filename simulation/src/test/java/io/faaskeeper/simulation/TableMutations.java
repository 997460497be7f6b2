package io.faaskeeper.simulation;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** Deliberate bugs of what is stored in parts, each as what stands before the tables. */
final class TableMutations {
  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("simulated");

  private TableMutations() {}

  /** Every mutation by its name; each history gets one of its own. */
  static Map<String, Supplier<UnaryOperator<DynamoDbAsyncClient>>> all() {
    Map<String, Supplier<UnaryOperator<DynamoDbAsyncClient>>> all = new LinkedHashMap<>();
    all.put("lose a part of a large value", () -> losePuts(Tables.DATA_PARTS));
    all.put("lose a part of a large record", () -> losePuts(Tables.LOG_PARTS));
    all.put("put a part of a large value over a later one", () -> TableMutations::putAnyPart);
    all.put("read an old part of a large value", TableMutations::readOldPart);
    all.put("keep the parts of a node that is gone", () -> TableMutations::keepParts);
    all.put("keep the parts of records", () -> keepForEver(Tables.LOG_PARTS));
    all.put("keep the parts of messages", () -> keepForEver(Tables.MESSAGES));
    return all;
  }

  private static UnaryOperator<DynamoDbAsyncClient> losePuts(TableSchema table) {
    AtomicInteger calls = new AtomicInteger();
    return tables ->
        replace(
            tables,
            PutItemRequest.class,
            table,
            put ->
                calls.incrementAndGet() % 20 == 0
                    ? CompletableFuture.completedFuture(PutItemResponse.builder().build())
                    : tables.putItem(put));
  }

  private static DynamoDbAsyncClient putAnyPart(DynamoDbAsyncClient tables) {
    return replace(
        tables,
        PutItemRequest.class,
        Tables.DATA_PARTS,
        put ->
            tables.putItem(
                put.toBuilder().conditionExpression(null).expressionAttributeValues(null).build()));
  }

  /** The reader takes the part for one of the zxid that it asked for. */
  private static UnaryOperator<DynamoDbAsyncClient> readOldPart() {
    Map<SdkBytes, AttributeValue> old = new HashMap<>();
    return tables ->
        replace(
            tables,
            GetItemRequest.class,
            Tables.DATA_PARTS,
            get ->
                tables
                    .getItem(get)
                    .thenApply(
                        found -> {
                          AttributeValue now = found.item().get("v");
                          AttributeValue before =
                              now == null
                                  ? null
                                  : old.put(Objects.requireNonNull(get.key().get("k")).b(), now);
                          return before == null ? found : with(found, "v", before);
                        }));
  }

  private static GetItemResponse with(GetItemResponse found, String name, AttributeValue value) {
    Map<String, AttributeValue> item = new HashMap<>(found.item());
    item.put(name, value);
    return GetItemResponse.builder().item(item).build();
  }

  private static DynamoDbAsyncClient keepParts(DynamoDbAsyncClient tables) {
    return replace(
        tables,
        DeleteItemRequest.class,
        Tables.DATA_PARTS,
        delete -> CompletableFuture.completedFuture(DeleteItemResponse.builder().build()));
  }

  private static UnaryOperator<DynamoDbAsyncClient> keepForEver(TableSchema table) {
    return tables ->
        replace(
            tables,
            PutItemRequest.class,
            table,
            put -> {
              Map<String, AttributeValue> item = new HashMap<>(put.item());
              item.remove(TableSchema.EXPIRY);
              return tables.putItem(put.toBuilder().item(item).build());
            });
  }

  /** These tables, but for one kind of call to one of them. */
  private static <T> DynamoDbAsyncClient replace(
      DynamoDbAsyncClient tables,
      Class<T> request,
      TableSchema table,
      Function<T, CompletableFuture<?>> wrong) {
    return (DynamoDbAsyncClient)
        Proxy.newProxyInstance(
            DynamoDbAsyncClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbAsyncClient.class},
            (proxy, method, args) -> {
              try {
                return args != null
                        && request.isInstance(args[0])
                        && NAMES.table(table).equals(tableOf(args[0]))
                    ? wrong.apply(request.cast(args[0]))
                    : method.invoke(tables, args);
              } catch (InvocationTargetException | IllegalAccessException e) {
                throw new LinkageError("tables can't be called", e);
              }
            });
  }

  private static @Nullable String tableOf(Object request) {
    return request instanceof GetItemRequest get
        ? get.tableName()
        : request instanceof PutItemRequest put
            ? put.tableName()
            : request instanceof DeleteItemRequest delete ? delete.tableName() : null;
  }
}
