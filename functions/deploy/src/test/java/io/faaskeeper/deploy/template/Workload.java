package io.faaskeeper.deploy.template;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Operation.Create;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Clock;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;

/**
 * Rounds of all that clients can ask for, with what makes functions do all that they can do: large
 * requests and data, many watched changes at once, clients that die.
 */
final class Workload implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final List<Acl> OPEN = List.of(new Acl(31, "world", "anyone"));

  /** More than a node's item, a log record, a queue's message hold. */
  private static final int DATA_BYTES = 10_000;

  private static final int RECORD_BYTES = 100_000;
  private static final int MESSAGE_BYTES = 900_000;

  /**
   * More events of one message than the writer puts into mailboxes by itself, and not many more.
   */
  private static final int MANY_WATCHERS = 8;

  private static final int MANY_CHANGES = 60;
  private static final String PROCESS = "AAAAAAAAAAAAAAAAAAAA";

  private final DeploymentConfig config;
  private final AwsClients clients;
  private final AwsPorts ports;
  private final ClientRuntime runtime;
  private final ClientSession session;
  private ClientRuntime other;
  private volatile ClientSession otherSession;
  private volatile boolean syncing = true;
  private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor();

  Workload(DeploymentConfig config) {
    this.config = config;
    this.clients =
        new AwsClients(
            new AwsClients.Endpoints(
                config.region(),
                URI.create(config.endpoints().get("dynamodb")),
                URI.create(config.endpoints().get("sqs")),
                URI.create(config.endpoints().get("s3"))),
            List.of());
    this.ports =
        new AwsPorts(
            clients, new AwsDeploymentNames(config.name()), Clock.SYSTEM, new SecureRandom());
    this.runtime = Deployments.clientRuntime(config);
    this.other = Deployments.clientRuntime(config);
    this.session = open(runtime);
    this.otherSession = open(other);
    var unused =
        pings.scheduleAtFixedRate(this::ping, 0, TIMEOUT_MILLIS / 20, TimeUnit.MILLISECONDS);
  }

  private void ping() {
    session.touch();
    otherSession.touch();
    if (syncing) {
      var unused = otherSession.submit(new ClientRequest.Sync("/"));
    }
  }

  /**
   * Nobody sends a sync all the time any more, which makes a writer finish what nobody else did.
   */
  void endSyncing() {
    syncing = false;
  }

  private static ClientSession open(ClientRuntime runtime) {
    ConnectResult result = await(runtime.open(TIMEOUT_MILLIS, List.of()).toCompletableFuture());
    ClientSession session = assertInstanceOf(ConnectResult.Connected.class, result).session();
    session.listen(
        new SessionListener() {
          @Override
          public void watchEvent(long zxid, EventType type, String path) {}

          @Override
          public void connectionEnded(String reason) {}
        });
    return session;
  }

  /** One round. */
  void round(int number) {
    String root = "/round-" + number;
    writes(root);
    reads(root);
    watches(root);
    manyEvents(root);
    raceForTheLog(root);
    dueNodes(root);
    clientThatDies(root);
    other.close();
    other = Deployments.clientRuntime(config);
    otherSession = open(other);
  }

  private void writes(String root) {
    create(root, CreateMode.PERSISTENT, 0);
    create(root + "/ephemeral", CreateMode.EPHEMERAL, 0);
    create(root + "/sequential-", CreateMode.EPHEMERAL_SEQUENTIAL, 0);
    create(root + "/data", CreateMode.PERSISTENT, DATA_BYTES);
    create(root + "/record", CreateMode.PERSISTENT, RECORD_BYTES);
    create(root + "/message", CreateMode.PERSISTENT, MESSAGE_BYTES);
    write(new Operation.SetData(root + "/data", new byte[DATA_BYTES], -1));
    write(new Operation.SetAcl(root + "/data", OPEN, -1));
    write(
        new Operation.Multi(
            List.of(
                new Operation.Check(root, -1),
                new Operation.SetData(root, new byte[1], -1),
                new Operation.Delete(root + "/message", -1))));
    write(new Operation.Delete(root + "/ephemeral", -1));
  }

  private void reads(String root) {
    ask(new ClientRequest.GetData(root + "/data", false));
    ask(new ClientRequest.GetData(root + "/record", false));
    ask(new ClientRequest.Exists(root, false));
    ask(new ClientRequest.GetAcl(root));
    ask(new ClientRequest.GetChildren(root, false));
    ask(new ClientRequest.GetAllChildrenNumber("/"));
    ask(new ClientRequest.GetEphemerals("/"));
    ask(
        new ClientRequest.MultiRead(
            List.of(
                new ClientRequest.GetData(root, false),
                new ClientRequest.GetChildren(root, false))));
    ask(new ClientRequest.Sync(root));
  }

  private void watches(String root) {
    ask(new ClientRequest.GetData(root, true));
    ask(new ClientRequest.Exists(root + "/none", true));
    ask(new ClientRequest.GetChildren(root, true));
    ask(new ClientRequest.AddWatch(root, AddWatchMode.PERSISTENT));
    ask(new ClientRequest.AddWatch(root, AddWatchMode.PERSISTENT_RECURSIVE));
    write(new Operation.SetData(root, new byte[2], -1));
    submit(otherSession, new ClientRequest.Write(new Operation.SetData(root, new byte[3], -1)));
    ask(new ClientRequest.RemoveWatches(root, WatcherType.Any, false));
    ask(new ClientRequest.RemoveWatches(root + "/none", WatcherType.Any, false));
  }

  /**
   * Of a node that many are interested in who have left without a word. The changes are one message
   * since something else is on its way before them.
   */
  private void manyEvents(String root) {
    for (int i = 0; i < MANY_WATCHERS; i++) {
      Subscription subscription = new Subscription(PROCESS + i, 1);
      await(ports.nodes().subscribe(root, subscription, false).toCompletableFuture());
    }
    Subscription recursive = new Subscription(PROCESS, 2);
    await(ports.watermarks().watchRecursively(root, recursive).toCompletableFuture());
    CompletableFuture<Reply> before = send(session, new Operation.SetData("/", new byte[1], -1));
    IntStream.range(0, MANY_CHANGES)
        .mapToObj(i -> send(session, new Operation.SetData(root, new byte[] {(byte) i}, -1)))
        .toList()
        .forEach(Workload::await);
    await(before);
  }

  /** So that a writer reads another's large records. */
  private void raceForTheLog(String root) {
    List<CompletableFuture<?>> both = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] data = new byte[RECORD_BYTES + i];
      both.add(send(session, new Operation.SetData(root + "/record", data, -1)));
      both.add(send(otherSession, new Operation.SetData(root + "/record", data, -1)));
      if (i % 3 == 2) {
        both.forEach(Workload::await);
      }
    }
    both.forEach(Workload::await);
    write(new Operation.Delete(root + "/record", -1));
  }

  private void dueNodes(String root) {
    write(new Create(root + "/ttl", new byte[0], OPEN, CreateMode.PERSISTENT_WITH_TTL, 1));
    create(root + "/ttl/child", CreateMode.PERSISTENT, 0);
    write(new Create(root + "/container", new byte[0], OPEN, CreateMode.CONTAINER, 0));
    create(root + "/container/child", CreateMode.PERSISTENT, 0);
    write(new Operation.Delete(root + "/container/child", -1));
  }

  /** With a watch of each kind: its subscriptions are to be removed when nobody finds it. */
  private void clientThatDies(String root) {
    ClientRuntime dying = Deployments.clientRuntime(config);
    ClientSession itsSession = open(dying);
    String path = root + "/dying";
    create(path, CreateMode.PERSISTENT, 0);
    submit(itsSession, new ClientRequest.GetData(path, true));
    submit(itsSession, new ClientRequest.AddWatch(path, AddWatchMode.PERSISTENT_RECURSIVE));
    submit(
        itsSession,
        new ClientRequest.Write(
            new Create(root + "/last", new byte[0], OPEN, CreateMode.EPHEMERAL, 0)));
    dying.halt();
    dying.close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (ask(new ClientRequest.Exists(root + "/last", false)).code().intValue() == 0) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("a client that died is not found out");
      }
    }
    write(new Operation.SetData(path, new byte[1], -1));
  }

  private void create(String path, CreateMode mode, int bytes) {
    write(new Create(path, new byte[bytes], OPEN, mode, 0));
  }

  private void write(Operation operation) {
    await(send(session, operation));
  }

  private CompletableFuture<Reply> send(ClientSession by, Operation operation) {
    return by.submit(new ClientRequest.Write(operation)).toCompletableFuture();
  }

  private Reply ask(ClientRequest request) {
    return submit(session, request);
  }

  private Reply submit(ClientSession by, ClientRequest request) {
    return await(by.submit(request).toCompletableFuture());
  }

  private static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    pings.shutdownNow();
    runtime.close();
    other.close();
    clients.close();
  }
}
