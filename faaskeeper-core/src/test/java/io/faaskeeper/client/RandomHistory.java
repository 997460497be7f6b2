package io.faaskeeper.client;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryDistributorQueue;
import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Distributor;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Some sessions in some processes that read, write and watch a few nodes at random, over the real
 * service and ports that delay, reorder and fail; one seed is one history. What each session was
 * told is compared with what the log says.
 */
final class RandomHistory {
  private static final String[] PATHS = {"/a", "/a/x", "/a/y", "/b", "/a/x/z"};
  private static final String[] PARENTS = {"/", "/a", "/a/x"};
  private static final int REQUESTS = 30;

  private final VirtualTime time = new VirtualTime();
  private final Random random;
  private final MemoryStorage storage = new MemoryStorage(time, 1_024);
  private final MemoryChannels channels = new MemoryChannels();
  private final List<Actor> actors = new ArrayList<>();
  private final WorkerQueue queue;
  private final Chaos chaos;
  int endedConnections;
  int requests;
  int events;

  RandomHistory(long seed) {
    random = new Random(seed);
    chaos = new Chaos(time, random, random.nextBoolean() ? 0 : 0.004);
    ServicePorts ports =
        new ServicePorts(
            chaos.wrap(TransactionLog.class, storage.log()),
            chaos.wrap(Watermarks.class, storage.watermarks()),
            chaos.wrap(NodeStore.class, storage.nodes()),
            chaos.wrap(ChildStore.class, storage.children()),
            chaos.wrap(OwnerIndex.class, storage.owners()),
            chaos.wrap(SessionStore.class, storage.sessions()),
            chaos.wrap(ProcessRegistry.class, storage.processes()),
            chaos.wrap(Mailbox.class, storage.mailbox()),
            channels,
            time,
            time);
    ServiceOptions options =
        new ServiceOptions(
            new byte[Seal.SECRET_BYTES], 2_000, random.nextBoolean(), random.nextBoolean(), null);
    DistributorQueue distributor = distributor(ports, options);
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < ClientWorld.GROUPS; i++) {
      ServiceStages stages = new ServiceStages(ports, options, Limits.DEFAULT, random);
      writers.add(stages.writer(distributor, stages.watch()));
    }
    queue =
        new MemoryQueue(
            ClientWorld.GROUPS,
            (group, messages) ->
                writers
                    .get(group)
                    .process(
                        messages, new Deadline(time.nanoTime() + Duration.ofSeconds(10).toNanos())),
            time,
            time);
  }

  /** A distributor function of its own, which not every history has. */
  private DistributorQueue distributor(ServicePorts ports, ServiceOptions options) {
    if (options.inline()) {
      return record -> CompletableFuture.failedStage(new AssertionError("it is inline"));
    }
    ServiceStages stages = new ServiceStages(ports, options, Limits.DEFAULT, random);
    Distributor distributor = stages.distributor(stages.watch());
    return chaos.wrap(
        DistributorQueue.class,
        new MemoryDistributorQueue(
            record ->
                distributor.distribute(
                    new Deadline(time.nanoTime() + Duration.ofSeconds(10).toNanos())),
            time));
  }

  /** Runs it and checks it; a violation is an AssertionError. */
  void run() {
    int processes = 1 + random.nextInt(2);
    for (int i = 0; i < processes; i++) {
      ClientRuntime runtime = runtime();
      int sessions = 1 + random.nextInt(2);
      for (int j = 0; j < sessions; j++) {
        actors.add(new Actor(runtime));
      }
    }
    actors.forEach(Actor::begin);
    long end = time.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!actors.stream().allMatch(a -> a.done)) {
      if (time.nanoTime() > end || !time.step()) {
        throw new AssertionError("stuck at " + time.nanoTime() / 1_000_000 + " ms: " + actors);
      }
    }
    LogTruth truth = new LogTruth(storage.log());
    actors.forEach(a -> new HistoryCheck(truth, a.firstView).check(a.told));
  }

  private ClientRuntime runtime() {
    ClientPorts ports =
        new ClientPorts(
            chaos.wrap(Watermarks.class, storage.watermarks()),
            chaos.wrap(NodeStore.class, storage.nodes()),
            chaos.wrap(ChildStore.class, storage.children()),
            chaos.wrap(OwnerIndex.class, storage.owners()),
            chaos.wrap(ProcessRegistry.class, storage.processes()),
            chaos.wrap(Mailbox.class, storage.mailbox()),
            chaos.wrap(WorkerQueue.class, queue),
            new LossyChannel(channels.open()),
            time,
            time);
    return ClientRuntimes.create(ports, ClientOptions.DEFAULTS, random);
  }

  /** Loses, doubles and delays pushes. */
  private final class LossyChannel implements ChannelEndpoint {
    private final ChannelEndpoint endpoint;

    LossyChannel(ChannelEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public String address() {
      return endpoint.address();
    }

    @Override
    public void receive(Consumer<byte[]> receiver) {
      endpoint.receive(
          message -> {
            double x = random.nextDouble();
            int copies = x < 0.05 ? 0 : x < 0.1 ? 2 : 1;
            for (int i = 0; i < copies; i++) {
              time.schedule(chaos.delay(), () -> receiver.accept(message));
            }
          });
    }

    @Override
    public void close() {
      endpoint.close();
    }
  }

  /** A session and who uses it. */
  private final class Actor implements SessionListener {
    private final ClientRuntime runtime;
    private final List<HistoryCheck.Told> told = new ArrayList<>();
    private @Nullable ClientSession session;
    private long firstView;
    private int left = REQUESTS;
    private int open;
    private boolean done;

    Actor(ClientRuntime runtime) {
      this.runtime = runtime;
    }

    void begin() {
      runtime
          .open(30_000, List.of())
          .thenAccept(
              result -> {
                if (result instanceof ConnectResult.Connected connected) {
                  ClientSession opened = connected.session();
                  session = opened;
                  firstView = opened.lastZxid();
                  opened.listen(this);
                  next();
                } else {
                  begin();
                }
              });
    }

    private void next() {
      if (done) {
        return;
      }
      int burst = 1 + random.nextInt(3);
      for (int i = 0; i < burst && left > 0; i++) {
        left--;
        ask(request());
      }
      if (left > 0) {
        time.schedule(Duration.ofMillis(random.nextInt(12)), this::next);
      } else {
        ask(new ClientRequest.Sync("/"));
        ask(new ClientRequest.Exists("/", false));
      }
    }

    private void ask(ClientRequest request) {
      open++;
      requests++;
      Objects.requireNonNull(session)
          .submit(request)
          .whenComplete(
              (reply, failure) -> {
                open--;
                if (reply != null) {
                  told.add(new HistoryCheck.Answer(request, reply));
                }
                if (open == 0 && left == 0) {
                  done = true;
                }
              });
    }

    private ClientRequest request() {
      String path = PATHS[random.nextInt(PATHS.length)];
      boolean watch = random.nextBoolean();
      return switch (random.nextInt(16)) {
        case 0, 1, 2 ->
            new ClientRequest.Write(
                new Operation.Create(path, bytes(), Acl.OPEN, CreateMode.PERSISTENT, -1));
        case 3, 4 -> new ClientRequest.Write(new Operation.SetData(path, bytes(), -1));
        case 5 -> new ClientRequest.Write(new Operation.Delete(path, -1));
        case 6, 7 -> new ClientRequest.GetData(path, watch);
        case 8, 9 -> new ClientRequest.Exists(path, watch);
        case 10, 11, 12 ->
            new ClientRequest.GetChildren(PARENTS[random.nextInt(PARENTS.length)], watch);
        case 13 ->
            new ClientRequest.MultiRead(
                List.of(
                    new ClientRequest.GetData("/a", false),
                    new ClientRequest.GetChildren("/a", false),
                    new ClientRequest.GetData("/b", false)));
        case 14 ->
            random.nextInt(4) > 0
                ? new ClientRequest.Sync("/")
                : new ClientRequest.AddWatch(
                    PARENTS[random.nextInt(PARENTS.length)],
                    watch ? AddWatchMode.PERSISTENT : AddWatchMode.PERSISTENT_RECURSIVE);
        default ->
            new ClientRequest.Write(
                new Operation.Multi(
                    List.of(
                        new Operation.SetData("/a", bytes(), -1),
                        new Operation.Create("/a/m", bytes(), Acl.OPEN, CreateMode.PERSISTENT, -1),
                        new Operation.Delete("/a/m", -1))));
      };
    }

    private byte[] bytes() {
      byte[] bytes = new byte[4];
      random.nextBytes(bytes);
      return bytes;
    }

    @Override
    public void watchEvent(long zxid, EventType type, String path) {
      events++;
      told.add(new HistoryCheck.Happened(new LogTruth.Event(zxid, type, path)));
    }

    @Override
    public void connectionEnded(String reason) {
      endedConnections++;
      done = true;
    }

    @Override
    public String toString() {
      return open + " open, " + left + " left, " + done;
    }
  }
}
