package io.faaskeeper.simulation;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.Tables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Which machines wrote data of nodes: whoever came to grief there may have left data that no node
 * names. Not thread-safe.
 */
final class WrittenBy {
  private final AwsDeploymentNames names;

  /** By a part's key, who put it last. */
  private final Map<String, Machine> parts = new HashMap<>();

  /** By an object's name, who put it last. */
  private final Map<String, Machine> objects = new HashMap<>();

  /** By a node's key, who wrote its item, or tried to. */
  private final Map<String, Set<Machine>> nodes = new HashMap<>();

  WrittenBy(AwsDeploymentNames names) {
    this.names = names;
  }

  /** Whether who put this part last may have left it. */
  boolean mayBeLeft(String part) {
    Machine machine = parts.get(part);
    return machine != null && machine.isTroubled();
  }

  /** Whether who put this object last, or any who wrote its node, may have left it. */
  boolean mayBeLeft(String object, String node) {
    Machine machine = objects.get(object);
    return (machine != null && machine.isTroubled())
        || nodes.getOrDefault(node, Set.of()).stream().anyMatch(Machine::isTroubled);
  }

  static String hex(Map<String, AttributeValue> item, String name) {
    return HexFormat.of().formatHex(Objects.requireNonNull(item.get(name)).b().asByteArrayUnsafe());
  }

  /** Tables that note what this machine writes. */
  DynamoDbAsyncClient noting(DynamoDbAsyncClient tables, Machine machine) {
    return new NotingTables(
        tables,
        put -> {
          if (put.tableName().equals(names.table(Tables.DATA_PARTS))) {
            parts.put(hex(put.item(), "k"), machine);
          }
        },
        update -> {
          if (update.tableName().equals(names.table(Tables.NODES))) {
            nodes.computeIfAbsent(hex(update.key(), "k"), k -> new HashSet<>()).add(machine);
          }
        });
  }

  /** A bucket that notes what this machine writes. */
  S3AsyncClient noting(S3AsyncClient bucket, Machine machine) {
    return new NotingBucket(bucket, put -> objects.put(put.key(), machine));
  }

  private record NotingTables(
      DynamoDbAsyncClient tables, Consumer<PutItemRequest> put, Consumer<UpdateItemRequest> updated)
      implements DynamoDbAsyncClient {
    @Override
    public String serviceName() {
      return tables.serviceName();
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<GetItemResponse> getItem(GetItemRequest request) {
      return tables.getItem(request);
    }

    @Override
    public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
      return tables
          .putItem(request)
          .thenApply(
              done -> {
                put.accept(request);
                return done;
              });
    }

    @Override
    public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
      updated.accept(request);
      return tables.updateItem(request);
    }

    @Override
    public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
      return tables.deleteItem(request);
    }
  }

  private record NotingBucket(S3AsyncClient bucket, Consumer<PutObjectRequest> put)
      implements S3AsyncClient {
    @Override
    public String serviceName() {
      return bucket.serviceName();
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<PutObjectResponse> putObject(
        PutObjectRequest request, AsyncRequestBody body) {
      put.accept(request);
      return bucket.putObject(request, body);
    }

    @Override
    public <T> CompletableFuture<T> getObject(
        GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
      return bucket.getObject(request, transformer);
    }

    @Override
    public CompletableFuture<DeleteObjectResponse> deleteObject(DeleteObjectRequest request) {
      return bucket.deleteObject(request);
    }
  }
}
