package io.faaskeeper.simulation;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsStorage;
import io.faaskeeper.aws.Splitting;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.TransactionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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

/**
 * Tables and a bucket, and the ports to them: those of a machine make calls of which each has its
 * own fate, so that it may die, or be overtaken, between two parts of what is large. And that is
 * nearly everything.
 */
final class AwsWorld {
  /** Where data of nodes lies that is too large for an item. */
  enum Kind {
    TABLES,
    HYBRID,
    PERSISTENT
  }

  private static final Splitting SMALL = new Splitting(8, 12, 600, 250);

  /** Longer than parts of the log are kept. */
  private static final Duration LONG = Duration.ofDays(15);

  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("simulated");
  private static final String BUCKET = "data";

  private final SimulatedStorage.World world;
  private final Kind kind;
  private final SimulatedTables tables;
  private final DynamoDbAsyncClient wired;
  private final Map<String, Machine> partWriters = new HashMap<>();
  private final SimulatedBucket bucket = new SimulatedBucket();

  AwsWorld(SimulatedStorage.World world, Kind kind, UnaryOperator<DynamoDbAsyncClient> wiring) {
    this.world = world;
    this.kind = kind;
    this.tables = new SimulatedTables(world.time(), NAMES, this::appended);
    this.wired = wiring.apply(tables);
  }

  private void appended(Map<String, AttributeValue> item) {
    long number = Long.parseLong(Objects.requireNonNull(item.get("n")).n());
    if (log().read(number).toCompletableFuture().join() instanceof TransactionLog.Slot.Found it) {
      world.lives().appended(it.record());
    }
  }

  TransactionLog log() {
    return storage(wired, world.time()).log(SimulatedStorage.SLOTS);
  }

  NodeStore nodes() {
    return nodes(storage(wired, world.time()), bucket);
  }

  TransactionLog log(Machine machine) {
    return storage(machine).log(SimulatedStorage.SLOTS);
  }

  NodeStore nodes(Machine machine) {
    return nodes(storage(machine), world.chaos().wrap(S3AsyncClient.class, bucket, machine));
  }

  private AwsStorage storage(Machine machine) {
    DynamoDbAsyncClient noted = new PartWrites(wired, key -> partWriters.put(key, machine));
    return storage(world.chaos().wrap(DynamoDbAsyncClient.class, noted, machine), machine);
  }

  private static AwsStorage storage(DynamoDbAsyncClient client, Clock clock) {
    return new AwsStorage(client, NAMES, clock, SMALL);
  }

  private NodeStore nodes(AwsStorage storage, S3AsyncClient s3) {
    return kind == Kind.TABLES ? storage.nodes() : storage.nodes(s3, BUCKET, kind == Kind.HYBRID);
  }

  /**
   * What nobody needs, and what will be there for ever. A distributor that comes to an end before
   * it could write the node leaves parts of it, if another did not write the same: of that a
   * violation is made only if nothing happened to it.
   */
  List<String> leftovers() {
    List<String> all = new ArrayList<>();
    long soon = world.time().currentTimeMillis();
    List<String> nodes =
        tables.items(Tables.NODES, soon).stream().map(item -> hex(item, "k")).toList();
    for (Map<String, AttributeValue> part : tables.items(Tables.DATA_PARTS, soon)) {
      String key = hex(part, "k");
      // The last two bytes are the slot and the number of the part.
      Machine writer = partWriters.get(key);
      boolean isExcused = writer != null && writer.isTroubled();
      if (!isExcused && !nodes.contains(key.substring(0, key.length() - 4))) {
        all.add("a part of a node that is gone: " + part);
      }
    }
    tables
        .items(Tables.LOG_PARTS, soon + LONG.toMillis())
        .forEach(part -> all.add("a part of a record: " + part));
    return all;
  }

  /** A client that tells which parts of data it puts. */
  private record PartWrites(DynamoDbAsyncClient tables, Consumer<String> told)
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
                if (request.tableName().equals(NAMES.table(Tables.DATA_PARTS))) {
                  told.accept(hex(request.item(), "k"));
                }
                return done;
              });
    }

    @Override
    public CompletableFuture<UpdateItemResponse> updateItem(UpdateItemRequest request) {
      return tables.updateItem(request);
    }

    @Override
    public CompletableFuture<DeleteItemResponse> deleteItem(DeleteItemRequest request) {
      return tables.deleteItem(request);
    }
  }

  private static String hex(Map<String, AttributeValue> item, String name) {
    return HexFormat.of().formatHex(Objects.requireNonNull(item.get(name)).b().asByteArrayUnsafe());
  }

  @Override
  public String toString() {
    return "user storage " + kind.name().toLowerCase(Locale.ROOT);
  }
}
