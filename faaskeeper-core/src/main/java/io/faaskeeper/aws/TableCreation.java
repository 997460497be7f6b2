package io.faaskeeper.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/**
 * Creates the tables of a deployment where nothing else does: on the emulator. To create them again
 * changes nothing.
 */
public final class TableCreation {
  private final DynamoDbAsyncClient client;
  private final AwsDeploymentNames names;

  public TableCreation(DynamoDbAsyncClient client, AwsDeploymentNames names) {
    this.client = client;
    this.names = names;
  }

  /** The tables that every deployment has, none with a stream. */
  public CompletionStage<Void> createAll() {
    return createAll(false, false);
  }

  /**
   * Completes when all tables can be used.
   *
   * @param workerQueue whether there is one for the worker queue, too, with its stream
   * @param logStream whether the log has a stream
   */
  public CompletionStage<Void> createAll(boolean workerQueue, boolean logStream) {
    List<CompletionStage<Void>> creations = new ArrayList<>();
    for (TableSchema table : Tables.ALL) {
      boolean streamed = logStream && table.equals(Tables.LOG);
      creations.add(create(table, streamed ? StreamViewType.KEYS_ONLY : null));
    }
    if (workerQueue) {
      creations.add(create(Tables.WORKER, StreamViewType.NEW_IMAGE));
    }
    return Dynamo.all(creations);
  }

  private CompletionStage<Void> create(TableSchema table, @Nullable StreamViewType stream) {
    String name = names.table(table);
    return client
        .createTable(table.creation(name, stream))
        .handle(
            (created, failure) -> {
              if (failure == null) {
                return created.tableDescription().tableStatus() == TableStatus.ACTIVE;
              }
              if (failure.getCause() instanceof ResourceInUseException) {
                return false;
              }
              throw new CompletionException(failure);
            })
        .thenCompose(
            active ->
                active
                    ? CompletableFuture.completedStage(null)
                    : client
                        .waiter()
                        .waitUntilTableExists(describe -> describe.tableName(name))
                        .thenCompose(there -> stream(name, stream)))
        .thenCompose(
            there -> table.expires() ? expire(name) : CompletableFuture.completedStage(null));
  }

  /** Of a table that was there before. */
  private CompletionStage<Void> stream(String name, @Nullable StreamViewType stream) {
    if (stream == null) {
      return CompletableFuture.completedStage(null);
    }
    return client
        .describeTable(describe -> describe.tableName(name))
        .thenCompose(
            described ->
                described.table().streamSpecification() == null
                    ? client
                        .updateTable(
                            update ->
                                update
                                    .tableName(name)
                                    .streamSpecification(TableSchema.streaming(stream)))
                        .thenAccept(done -> {})
                    : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> expire(String name) {
    return client
        .describeTimeToLive(describe -> describe.tableName(name))
        .thenCompose(
            described ->
                described.timeToLiveDescription().timeToLiveStatus() == TimeToLiveStatus.DISABLED
                    ? client.updateTimeToLive(
                        update ->
                            update
                                .tableName(name)
                                .timeToLiveSpecification(
                                    ttl -> ttl.attributeName(TableSchema.EXPIRY).enabled(true)))
                    : CompletableFuture.completedStage(null))
        .thenAccept(done -> {});
  }
}
