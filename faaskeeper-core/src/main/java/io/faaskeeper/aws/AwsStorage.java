package io.faaskeeper.aws;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.WorkerQueue;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The ports that split what is large, on clients that somebody else made. What {@link AwsPorts}
 * says of its ports holds.
 */
public final class AwsStorage {
  private final Dynamo dynamo;
  private final Clock clock;
  private final Splitting splitting;

  /** Calls nobody yet. */
  public AwsStorage(
      DynamoDbAsyncClient client, AwsDeploymentNames names, Clock clock, Splitting splitting) {
    this(new Dynamo(client, names, clock), clock, splitting);
  }

  AwsStorage(Dynamo dynamo, Clock clock, Splitting splitting) {
    this.dynamo = dynamo;
    this.clock = clock;
    this.splitting = splitting;
  }

  /**
   * The log; reads the size of its ring.
   *
   * @param slotsIfNew the size that is written down if none is
   */
  CompletionStage<TransactionLog> openLog(int slotsIfNew) {
    return DynamoLog.open(dynamo, splitting, slotsIfNew);
  }

  /**
   * The log, for who only reads it; reads the size of its ring.
   *
   * @param slotsIfNew its size if none is written down
   */
  CompletionStage<TransactionLog> openLogToRead(int slotsIfNew) {
    return DynamoLog.openToRead(dynamo, splitting, slotsIfNew);
  }

  /** The log, for who knows the size of its ring. */
  public TransactionLog log(int slots) {
    return new DynamoLog(dynamo, splitting, slots);
  }

  /** User storage, all of it in tables. */
  public NodeStore nodes() {
    return DynamoNodes.inTables(dynamo, splitting);
  }

  /**
   * User storage whose data lies in a bucket.
   *
   * @param smallInTables whether small data lies in the nodes' items
   */
  public NodeStore nodes(S3AsyncClient s3, String bucket, boolean smallInTables) {
    DataObjects objects = new DataObjects(s3, bucket, clock);
    return smallInTables
        ? DynamoNodes.withLargeObjects(dynamo, objects, splitting)
        : DynamoNodes.withObjects(dynamo, objects);
  }

  /**
   * The worker queue on a table whose stream feeds the writer.
   *
   * @param random for ids that nobody can guess; thread-safe
   */
  public WorkerQueue streamWorkerQueue(int groups, RandomGenerator random) {
    return new DynamoWorkerQueue(dynamo, messageBodies(random), groups);
  }

  /** Reads what that queue delivers. */
  public MessageBodies messageBodies(RandomGenerator random) {
    return new MessageBodies(
        dynamo, random, splitting.inlineMessageBytes(), splitting.messagePartBytes());
  }
}
