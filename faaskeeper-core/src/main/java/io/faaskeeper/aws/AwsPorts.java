package io.faaskeeper.aws;

import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * The ports of one deployment on its tables and queues. All are thread-safe and never block; their
 * stages complete on the threads of the SDK's HTTP client. A write fails with a {@link
 * io.faaskeeper.port.DeadlinePassedException} if none of it was sent before its deadline; any other
 * failure leaves open whether it was done.
 */
public final class AwsPorts {
  private final AwsClients clients;
  private final AwsDeploymentNames names;
  private final RandomGenerator random;
  private final Dynamo dynamo;
  private final AwsStorage storage;
  private final MessageBodies bodies;

  /**
   * Calls nobody yet.
   *
   * @param random for names that nobody can guess; thread-safe
   */
  public AwsPorts(
      AwsClients clients, AwsDeploymentNames names, Clock clock, RandomGenerator random) {
    this.clients = clients;
    this.names = names;
    this.random = random;
    this.dynamo = new Dynamo(clients.dynamoDb(), names, clock);
    this.storage = new AwsStorage(dynamo, clock, Splitting.DEFAULT);
    this.bodies = new MessageBodies(dynamo, random, MessageBodies.SQS_BYTES, Parts.PART_BYTES);
  }

  /**
   * The log; reads the size of its ring.
   *
   * @param slotsIfNew the size that is written down if none is
   */
  public CompletionStage<TransactionLog> openLog(int slotsIfNew) {
    return storage.openLog(slotsIfNew);
  }

  /**
   * The log, for who only reads it; reads the size of its ring.
   *
   * @param slotsIfNew its size if none is written down
   */
  public CompletionStage<TransactionLog> openLogToRead(int slotsIfNew) {
    return storage.openLogToRead(slotsIfNew);
  }

  public Watermarks watermarks() {
    return new DynamoWatermarks(dynamo, random::nextLong);
  }

  /** User storage, all of it in tables. */
  public NodeStore nodes() {
    return storage.nodes();
  }

  /**
   * User storage whose data lies in a bucket.
   *
   * @param smallInTables whether small data lies in the nodes' items
   */
  public NodeStore nodes(String bucket, boolean smallInTables) {
    return storage.nodes(clients.s3(), bucket, smallInTables);
  }

  public ChildStore children() {
    return new DynamoChildren(dynamo);
  }

  public OwnerIndex owners() {
    return new DynamoOwners(dynamo);
  }

  public SessionStore sessions() {
    return new DynamoSessions(dynamo);
  }

  public ProcessRegistry processes() {
    return new DynamoProcesses(dynamo);
  }

  public Mailbox mailbox() {
    return new DynamoMailbox(dynamo);
  }

  /** The worker queue; asks for its address. */
  public CompletionStage<WorkerQueue> openWorkerQueue(int groups) {
    return SqsWorkerQueue.open(clients.sqs(), names.workerQueue(), groups, bodies);
  }

  /** The worker queue on a table whose stream feeds the writer. */
  public WorkerQueue streamWorkerQueue(int groups) {
    return storage.streamWorkerQueue(groups, random);
  }

  /** The log's own stream wakes the distributor: whoever appended has done all that is needed. */
  public DistributorQueue streamDistributorQueue() {
    return record -> CompletableFuture.completedStage(null);
  }

  /** The distributor's queue; asks for its address. */
  public CompletionStage<DistributorQueue> openDistributorQueue() {
    return SqsDistributorQueue.open(clients.sqs(), names.distributorQueue(), random);
  }

  /** The client channel over queues, a client process's side. */
  public ChannelEndpoint channelEndpoint(Scheduler scheduler) {
    return new SqsChannelEndpoint(clients.sqs(), names, scheduler);
  }

  /** The client channel over queues, the service's side. */
  public ClientChannel clientChannel() {
    return new SqsClientChannel(clients.sqs(), names, random);
  }

  /** Reads what the worker queue delivers. */
  public MessageBodies messageBodies() {
    return bodies;
  }
}
