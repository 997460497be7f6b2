package io.faaskeeper.aws;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
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

  /** Completes when all tables can be used. */
  public CompletionStage<Void> createAll() {
    return Dynamo.all(Tables.ALL.stream().map(this::create).toList());
  }

  private CompletionStage<Void> create(TableSchema table) {
    String name = names.table(table);
    return client
        .createTable(table.creation(name))
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
                    : client.waiter().waitUntilTableExists(describe -> describe.tableName(name)))
        .thenCompose(
            there -> table.expires() ? expire(name) : CompletableFuture.completedStage(null));
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
