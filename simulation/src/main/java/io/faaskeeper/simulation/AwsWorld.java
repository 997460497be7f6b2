package io.faaskeeper.simulation;

import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsStorage;
import io.faaskeeper.aws.MessageBodies;
import io.faaskeeper.aws.Splitting;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.WorkerQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
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

  /** What stands between everybody and the tables, and the bucket. */
  record Wiring(UnaryOperator<DynamoDbAsyncClient> tables, UnaryOperator<S3AsyncClient> bucket) {
    static final Wiring NONE = new Wiring(UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static final Splitting SMALL = new Splitting(8, 12, 600, 250, 150, 60);

  /** Longer than parts of the log are kept. */
  private static final Duration LONG = Duration.ofDays(15);

  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("simulated");
  private static final String BUCKET = "data";

  private final SimulatedStorage.World world;
  private final Kind kind;
  private final SimulatedTables tables;
  private final DynamoDbAsyncClient wired;
  private final WrittenBy writtenBy = new WrittenBy(NAMES);
  private final SimulatedBucket bucket = new SimulatedBucket();
  private final S3AsyncClient wiredBucket;
  private final boolean queueOnTable;
  private @Nullable WorkerQueue behind;
  private int streamed;

  AwsWorld(SimulatedStorage.World world, Kind kind, Wiring wiring) {
    this.world = world;
    this.kind = kind;
    this.queueOnTable = world.random().nextBoolean();
    this.tables = new SimulatedTables(world.time(), NAMES, this::written);
    this.wired = wiring.tables.apply(tables);
    this.wiredBucket = wiring.bucket.apply(bucket);
  }

  private void written(TableSchema table, Map<String, AttributeValue> item) {
    if (table.equals(Tables.LOG)) {
      appended(Long.parseLong(Objects.requireNonNull(item.get("n")).n()));
    } else if (table.equals(Tables.WORKER)) {
      int group = Integer.parseInt(Objects.requireNonNull(item.get("g")).n());
      byte[] body = Objects.requireNonNull(item.get("m")).s().getBytes(StandardCharsets.UTF_8);
      Objects.requireNonNull(behind).send(group, "of the stream " + ++streamed, body);
    }
  }

  private void appended(long number) {
    if (log().read(number).toCompletableFuture().join() instanceof TransactionLog.Slot.Found it) {
      world.records().add(it.record());
    }
  }

  /** Whether the worker queue is a table's stream. */
  boolean hasQueue() {
    return queueOnTable;
  }

  /** Where the stream's records go. */
  void feed(WorkerQueue queue) {
    behind = queue;
  }

  WorkerQueue queue(Machine machine, int groups) {
    return storage(machine).streamWorkerQueue(groups, world.random());
  }

  /** Reads the messages of some of the stream's records; fails if one can't be read. */
  CompletionStage<List<byte[]>> open(Machine machine, List<byte[]> records) {
    MessageBodies bodies = storage(machine).messageBodies(world.random());
    CompletableFuture<List<byte[]>> all = CompletableFuture.completedFuture(List.of());
    for (byte[] body : records) {
      all =
          all.thenCombine(
              bodies.read(new String(body, StandardCharsets.UTF_8)),
              (before, message) -> Stream.concat(before.stream(), Stream.of(message)).toList());
    }
    return all;
  }

  TransactionLog log() {
    return storage(wired, world.time()).log(world.slots());
  }

  NodeStore nodes() {
    return nodes(storage(wired, world.time()), wiredBucket);
  }

  TransactionLog log(Machine machine) {
    return storage(machine).log(world.slots());
  }

  NodeStore nodes(Machine machine) {
    S3AsyncClient noted = writtenBy.noting(wiredBucket, machine);
    return nodes(storage(machine), world.chaos().wrap(S3AsyncClient.class, noted, machine));
  }

  private AwsStorage storage(Machine machine) {
    DynamoDbAsyncClient noted = writtenBy.noting(wired, machine);
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
   * it could write the node, or before it could remove what the node named before, leaves data, if
   * another did not write the same: of that a violation is made only if nothing happened to it.
   */
  List<String> leftovers() {
    List<String> all = new ArrayList<>();
    long soon = world.time().currentTimeMillis();
    Map<String, Map<String, AttributeValue>> nodes = new HashMap<>();
    tables.items(Tables.NODES, soon).forEach(item -> nodes.put(WrittenBy.hex(item, "k"), item));
    for (Map<String, AttributeValue> part : tables.items(Tables.DATA_PARTS, soon)) {
      String key = WrittenBy.hex(part, "k");
      // The last two bytes are the slot and the number of the part.
      if (!writtenBy.mayBeLeft(key) && !nodes.containsKey(key.substring(0, key.length() - 4))) {
        all.add("a part of a node that is gone: " + part);
      }
    }
    for (String object : bucket.names()) {
      List<String> words = List.of(object.split("/", -1));
      String node = words.get(1);
      if (!writtenBy.mayBeLeft(object, node) && !words.get(2).equals(named(nodes.get(node)))) {
        all.add("an object that no node names: " + object);
      }
    }
    for (TableSchema expiring : List.of(Tables.LOG_PARTS, Tables.MESSAGES)) {
      tables
          .items(expiring, soon + LONG.toMillis())
          .forEach(part -> all.add("a part of a record or message: " + part));
    }
    return all;
  }

  /** The object that a node's item names. */
  private static @Nullable String named(@Nullable Map<String, AttributeValue> item) {
    AttributeValue object = item == null ? null : item.get("o");
    return object == null ? null : Long.toHexString(Long.parseLong(object.n()));
  }

  @Override
  public String toString() {
    return "user storage "
        + kind.name().toLowerCase(Locale.ROOT)
        + (queueOnTable ? ", worker queue on a table" : "");
  }
}
