package io.faaskeeper.operations.chaos;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.check.DeploymentCheck;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.simulation.RecordedHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of chaos: clients ask, processes die, calls fail; then all is quiet, and what the clients
 * were told is compared with the log, the log with what is stored. A violation is an
 * AssertionError. Used by one thread.
 */
final class ChaosRun {
  private static final int CLIENTS = 6;
  private static final int GATEWAY_CLIENTS = 3;
  private static final int MIN_PAUSE_MILLIS = 1_500;
  private static final int MAX_PAUSE_MILLIS = 5_000;
  private static final Duration REPORT_EVERY = Duration.ofSeconds(20);
  private static final int LOOK_EVERY_MILLIS = 200;
  private static final Duration CALM_LIMIT = Duration.ofMinutes(3);

  private final Deployed deployed;
  private final ScheduledExecutorService timers;
  private final PrintWriter out;
  private final Random random;
  private final RecordedHistory history = new RecordedHistory();
  private final Object lock = new Object();
  private final AtomicReference<@Nullable AssertionError> violation = new AtomicReference<>();
  private final List<ChaosClient> clients = new ArrayList<>();
  private final List<GatewayClient> gatewayClients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private int functionsKilled;
  private int gatewaysKilled;
  private int processesKilled;

  ChaosRun(Deployed deployed, ScheduledExecutorService timers, PrintWriter out, Random random) {
    this.deployed = deployed;
    this.timers = timers;
    this.out = out;
    this.random = random;
  }

  /** Runs it for some time, and checks it. */
  void run(Duration duration) throws IOException, InterruptedException {
    begin();
    deployed.faultsOn();
    long began = System.nanoTime();
    long reported = began;
    while (System.nanoTime() - began < duration.toNanos()) {
      Thread.sleep(MIN_PAUSE_MILLIS + random.nextInt(MAX_PAUSE_MILLIS - MIN_PAUSE_MILLIS));
      strike();
      throwIfViolated();
      if (System.nanoTime() - reported > REPORT_EVERY.toNanos()) {
        reported = System.nanoTime();
        out.println(Duration.ofNanos(reported - began).toSeconds() + " s: " + this);
        out.flush();
      }
    }
    deployed.faultsOff();
    calmDown();
    check();
  }

  private void begin() {
    for (int i = 0; i < CLIENTS; i++) {
      ChaosClient client =
          new ChaosClient(
              lock,
              history,
              random.nextLong(),
              deployed::process,
              timers,
              wrong -> violation.compareAndSet(null, wrong));
      clients.add(client);
      client.connect();
    }
    for (int i = 0; i < GATEWAY_CLIENTS; i++) {
      GatewayClient client =
          new GatewayClient(deployed.connectString(), "gateway-client-" + i, random.nextLong());
      gatewayClients.add(client);
      Thread thread = new Thread(client, "gateway-client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void strike() throws IOException {
    if (!deployed.isAlive()) {
      throw new IOException("the deployment itself has ended");
    }
    int which = random.nextInt(10);
    if (which < 6) {
      functionsKilled += deployed.killFunction() ? 1 : 0;
    } else if (which < 8) {
      gatewaysKilled++;
      deployed.killGateway();
    } else {
      processesKilled++;
      ClientRuntime killed = deployed.killProcess();
      clients.forEach(client -> client.died(killed));
    }
  }

  private void throwIfViolated() {
    AssertionError wrong = violation.get();
    if (wrong != null) {
      throw wrong;
    }
  }

  /** Everybody ends what he began, and the service finds that nobody is left. */
  private void calmDown() throws IOException, InterruptedException {
    clients.forEach(ChaosClient::quiet);
    gatewayClients.forEach(GatewayClient::quiet);
    await(
        () -> clients.stream().allMatch(ChaosClient::isDone), "a client does not come to its end");
    await(
        () -> threads.stream().noneMatch(Thread::isAlive),
        "a client of a gateway does not come to its end");
    deployed.closeClients();
    try (DeploymentStorage storage = deployed.storage()) {
      await(
          () ->
              storage.processes().list("", 1).toCompletableFuture().join().isEmpty()
                  && !storage.watermarks().read().toCompletableFuture().join().heartbeat(),
          "a process of a dead client stays, or the heartbeat does");
    }
  }

  private void await(BooleanSupplier end, String otherwise) throws InterruptedException {
    long latest = System.nanoTime() + CALM_LIMIT.toNanos();
    while (!end.getAsBoolean()) {
      if (System.nanoTime() > latest) {
        throw new AssertionError(otherwise);
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private void check() {
    throwIfViolated();
    try (DeploymentStorage storage = deployed.storage()) {
      RecordedHistory.Truth truth = new RecordedHistory.Truth(storage.log());
      out.printf("quiet: %s; %,d records in the log are compared%n", this, truth.records());
      out.flush();
      synchronized (lock) {
        history.check(truth);
      }
      gatewayClients.forEach(client -> client.check(truth));
      RecordedHistory.checkEnd(truth, ports(storage));
      Progress silent = new Progress(out, false, System::nanoTime);
      List<String> damage = DeploymentCheck.damage(storage, silent);
      if (!damage.isEmpty()) {
        throw new AssertionError("what is stored does not agree: " + damage);
      }
    }
  }

  /** What is compared, and nothing that anybody would ask for beside it. */
  private static ServicePorts ports(DeploymentStorage storage) {
    Mailbox nobodys =
        new Mailbox() {
          @Override
          public CompletionStage<Void> add(
              String process, long zxid, Collection<MailboxEvent> events, Deadline deadline) {
            return CompletableFuture.failedStage(new UnsupportedOperationException("read only"));
          }

          @Override
          public CompletionStage<SortedMap<Long, List<MailboxEvent>>> read(
              String process, long after, long upTo) {
            return CompletableFuture.completedStage(new TreeMap<>());
          }
        };
    return new ServicePorts(
        storage.log(),
        storage.watermarks(),
        storage.nodes(),
        storage.children(),
        storage.owners(),
        storage.sessions(),
        storage.processes(),
        nobodys,
        new MemoryChannels(),
        Clock.SYSTEM,
        (delay, task) -> () -> {});
  }

  /** What happened so far. */
  @Override
  public String toString() {
    return "%,d answers, %,d writes by gateways; killed %d functions, %d gateways, %d client processes"
        .formatted(
            clients.stream().mapToLong(ChaosClient::answers).sum(),
            gatewayClients.stream().mapToInt(GatewayClient::count).sum(),
            functionsKilled,
            gatewaysKilled,
            processesKilled);
  }
}
