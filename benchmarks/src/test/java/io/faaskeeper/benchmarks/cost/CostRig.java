package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.deployment.DeploymentConfig.UserStorageKind;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;

/**
 * A deployment on the emulators, with an inline distributor, whose calls are counted, those of
 * functions and clients apart, and those of S3 for all of them ({@link ObjectCalls}). The time of
 * the clients stands still unless it is moved. Used by one thread.
 */
final class CostRig implements AutoCloseable {
  /** Of sessions: a lease is renewed every ten seconds. */
  static final int TIMEOUT_MILLIS = 30_000;

  private static final int LOG_SLOTS = 1024;
  private static final int VISIBILITY_SECONDS = 120;

  private final SecureRandom random = new SecureRandom();
  private final CallMeter functionMeter = new CallMeter();
  private final CallMeter clientMeter = new CallMeter();
  private final CallsUnderWay clientCalls = new CallsUnderWay();
  private final AwsClients functionClients;
  private final AwsClients clientClients;
  private final AwsDeploymentNames names;
  private final UserStorageKind storage;
  private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(1);
  private final MemoryChannels channels = new MemoryChannels();
  private final Pushes pushes = new Pushes(channels, functionMeter);
  private final Progress progress = new Progress();
  private final HeldTime time = new HeldTime();
  private final AwsPorts clientPorts;
  private final CountedQueue queue;
  private final List<WriterPump> pumps = new ArrayList<>();
  private final List<ClientRuntime> runtimes = new ArrayList<>();
  private final List<CostSession> sessions = new ArrayList<>();

  /** With user storage key-value. */
  CostRig(String name, int writers) {
    this(name, writers, UserStorageKind.KEY_VALUE);
  }

  /**
   * Makes its tables, queues and bucket, and starts its writers.
   *
   * @param name of the deployment, not used before
   * @param writers how many message groups, and sandboxes of the writer, there are
   * @param storage where data lies
   */
  CostRig(String name, int writers, UserStorageKind storage) {
    this.storage = storage;
    EmulatorProcess emulators = EmulatorProcess.shared();
    AwsClients.Endpoints endpoints =
        new AwsClients.Endpoints(
            "us-east-1", emulators.dynamoDb(), emulators.sqs(), emulators.s3());
    functionClients = new AwsClients(endpoints, List.of(functionMeter));
    clientClients = new AwsClients(endpoints, List.of(clientMeter));
    names = new AwsDeploymentNames(name);
    CostSession.await(new TableCreation(functionClients.dynamoDb(), names).createAll());
    CostSession.await(
        new QueueCreation(functionClients.sqs(), names).createAll(VISIBILITY_SECONDS));
    CostSession.await(new BucketCreation(functionClients.s3()).create(names.defaultBucket()));
    ObjectCalls.countFor(functionMeter);
    clientPorts = new AwsPorts(clientClients, names, time, random);
    queue = new CountedQueue(CostSession.await(clientPorts.openWorkerQueue(writers)));
    byte[] secret = new byte[Seal.SECRET_BYTES];
    random.nextBytes(secret);
    String url =
        CostSession.await(functionClients.sqs().getQueueUrl(r -> r.queueName(names.workerQueue())))
            .queueUrl();
    for (int i = 0; i < writers; i++) {
      AwsPorts ports = new AwsPorts(functionClients, names, Clock.SYSTEM, random);
      WriterPump pump =
          new WriterPump(
              functionClients.sqs(), url, ports.messageBodies(), writer(ports, secret), progress);
      pumps.add(pump);
      pump.start();
    }
  }

  private Writer writer(AwsPorts ports, byte[] secret) {
    ServiceStages stages = stages(ports, secret);
    return stages.writer(
        record -> {
          throw new IllegalStateException("the distributor is inline");
        },
        stages.watch());
  }

  private ServiceStages stages(AwsPorts ports, byte[] secret) {
    ServicePorts service =
        new ServicePorts(
            CostSession.await(ports.openLog(LOG_SLOTS)),
            ports.watermarks(),
            nodes(ports),
            ports.children(),
            ports.owners(),
            ports.sessions(),
            ports.processes(),
            ports.mailbox(),
            pushes,
            Clock.SYSTEM,
            new ExecutorScheduler(timers));
    ServiceOptions options = new ServiceOptions(secret, 2_000, true, true, null);
    return new ServiceStages(service, options, Limits.DEFAULT, random);
  }

  private NodeStore nodes(AwsPorts ports) {
    return switch (storage) {
      case KEY_VALUE -> ports.nodes();
      case PERSISTENT -> ports.nodes(names.defaultBucket(), false);
      case HYBRID -> ports.nodes(names.defaultBucket(), true);
    };
  }

  /** Runs the heartbeat once, in an instance of its own. */
  void heartbeat() {
    AwsPorts ports = new AwsPorts(functionClients, names, Clock.SYSTEM, random);
    Heartbeat.Report unused =
        CostSession.await(
            stages(ports, new byte[Seal.SECRET_BYTES])
                .heartbeat(queue)
                .run(new Deadline(Long.MAX_VALUE)));
  }

  /** Bytes of all messages that were sent to the worker queue. */
  long sentBytes() {
    return queue.sentBytes();
  }

  /** A session in a client process of its own. */
  CostSession newProcess() {
    ClientPorts ports =
        new ClientPorts(
            clientCalls.watched(Watermarks.class, clientPorts.watermarks()),
            clientCalls.watched(NodeStore.class, nodes(clientPorts)),
            clientCalls.watched(ChildStore.class, clientPorts.children()),
            clientCalls.watched(OwnerIndex.class, clientPorts.owners()),
            clientCalls.watched(ProcessRegistry.class, clientPorts.processes()),
            clientCalls.watched(Mailbox.class, clientPorts.mailbox()),
            queue,
            channels.open(),
            time,
            time);
    ClientRuntime runtime = ClientRuntimes.create(ports, ClientOptions.DEFAULTS, random);
    runtimes.add(runtime);
    ConnectResult result = CostSession.await(runtime.open(TIMEOUT_MILLIS, List.of()));
    if (result instanceof ConnectResult.Connected connected) {
      CostSession session = new CostSession(connected.session());
      sessions.add(session);
      return session;
    }
    throw new AssertionError("no session: " + result);
  }

  HeldTime time() {
    return time;
  }

  /**
   * Has requests wait until they are all there, and come in one batch: of each process the first in
   * a message of its own, the others in the next.
   */
  void inOneBatch(Runnable requests, int messages) throws InterruptedException, TimeoutException {
    int arrived = queue.sent() + messages;
    for (WriterPump pump : pumps) {
      pump.hold();
    }
    try {
      queue.hold();
      requests.run();
      queue.release();
      queue.awaitArrived(arrived);
    } finally {
      pumps.forEach(WriterPump::release);
    }
  }

  /**
   * Waits for the end of all that was begun, by functions and clients. An answer may come before
   * the watermark has moved, and in held time another process would not look at it twice.
   */
  void settle() throws InterruptedException, TimeoutException {
    do {
      progress.await(queue.sent());
      clientCalls.awaitNone();
      // What a client has still to take in is before the echo, and may have it make another call.
      sessions.forEach(CostSession::echo);
    } while (!clientCalls.none() || !progress.isAt(queue.sent()));
  }

  /** Counts what an action costs, to the end of what it left to the functions. */
  Cost measure(Action action) throws InterruptedException, TimeoutException {
    settle();
    functionMeter.reset();
    clientMeter.reset();
    ObjectCalls.reset();
    int sentBefore = queue.sent();
    action.run();
    settle();
    return new Cost(
        queue.sent() - sentBefore,
        functionMeter.snapshot(),
        clientMeter.snapshot(),
        ObjectCalls.puts(),
        ObjectCalls.gets());
  }

  /** What is measured. It has to wait for its answers. */
  interface Action {
    void run() throws InterruptedException, TimeoutException;
  }

  @Override
  public void close() {
    runtimes.forEach(ClientRuntime::close);
    pumps.forEach(WriterPump::close);
    timers.shutdownNow();
    functionClients.close();
    clientClients.close();
  }
}
