package io.faaskeeper.simulation;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.Watermark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * One history: some clients in some processes that read, write and watch a few nodes at random,
 * over the real service and ports that delay, reorder and fail. One seed is one history. What each
 * client was told, and what is stored in the end, is compared with what the log says.
 */
public final class Simulation {
  private static final int SLOTS = 8_192;
  private static final Duration LONGEST = Duration.ofHours(2);

  final VirtualTime time = new VirtualTime();
  final Timeline timeline = new Timeline(time);
  final RealTime realTime = new RealTime();
  final Random random;
  final Requests requests;
  int asked;
  int events;

  private final Profile profile;
  private final int operations;
  private final Chaos chaos;
  private final MemoryChannels channels = new MemoryChannels();
  private final ServicePorts storage;
  private final SimulatedService service;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();

  /**
   * A history that has not begun.
   *
   * @param operations requests of all clients together
   * @param wiring what stands between everybody and storage; the identity for nothing
   */
  public Simulation(
      long seed, Profile profile, int operations, UnaryOperator<ServicePorts> wiring) {
    this.random = new Random(seed);
    this.profile = profile;
    this.operations = operations;
    this.requests = new Requests(random);
    this.chaos = new Chaos(time, random, timeline);
    MemoryStorage memory = new MemoryStorage(time, SLOTS);
    this.storage =
        wiring.apply(
            new ServicePorts(
                memory.log(),
                memory.watermarks(),
                memory.nodes(),
                memory.children(),
                memory.owners(),
                memory.sessions(),
                memory.processes(),
                memory.mailbox(),
                channels,
                time,
                time));
    this.service = new SimulatedService(storage, profile, time, random, chaos, timeline);
    timeline.add("deployment", service);
  }

  /** Runs it and checks it; a violation is an AssertionError. */
  public void run() {
    int count = 2 + random.nextInt(3);
    int processCount = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      SimulatedProcess process = i < processCount ? newProcess() : anyProcess();
      clients.add(new SimulatedClient("client " + i, this, process, operations / count));
    }
    clients.forEach(SimulatedClient::connect);
    runUntil(
        () -> clients.stream().allMatch(SimulatedClient::isDone), "some request is not answered");
    chaos.heal();
    timeline.add("deployment", "healed");
    LogTruth truth = new LogTruth(storage.log());
    for (SimulatedClient client : clients) {
      ConnectionCheck check = new ConnectionCheck(truth);
      client.connections.forEach(check::check);
    }
    calmDown();
    LogTruth all = new LogTruth(storage.log());
    new SessionCheck().check(all.entries());
    new EndCheck(storage, all).check();
  }

  /** Everybody dies, and what they left is cleaned away. */
  private void calmDown() {
    processes.forEach(SimulatedProcess::die);
    try {
      runUntil(() -> rows().isEmpty() && !watermark().heartbeat(), "leases or the heartbeat stay");
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + watermark() + ", " + rows(), e);
    }
    runUntil(this::isApplied, "the log is not applied");
  }

  private List<ProcessRow> rows() {
    return storage.processes().list("", 10).toCompletableFuture().join();
  }

  private Watermark watermark() {
    return storage.watermarks().read().toCompletableFuture().join();
  }

  private boolean isApplied() {
    return storage.log().read(watermark().record() + 1).toCompletableFuture().join()
        instanceof TransactionLog.Slot.Empty;
  }

  /** What happened, a line each. */
  public List<String> timeline() {
    return timeline.lines();
  }

  /** How many requests were made. */
  public int asked() {
    return asked;
  }

  /** How many events were told. */
  public int events() {
    return events;
  }

  private void runUntil(BooleanSupplier end, String otherwise) {
    long latest = time.nanoTime() + LONGEST.toNanos();
    while (!end.getAsBoolean()) {
      if (time.nanoTime() > latest || !time.step()) {
        throw new AssertionError(otherwise + " at " + time.nanoTime() / 1_000_000 + " ms");
      }
    }
  }

  /** Perhaps something happens to a process that has just been asked something. */
  void mishap(SimulatedProcess process) {
    if (chaos.happens(profile.deaths())) {
      timeline.add(process.machine.name, "dies");
      process.die();
      clients.forEach(client -> client.processDied(process));
    } else if (chaos.happens(profile.cuts())) {
      Duration duration = Duration.ofMillis(random.nextInt(20_000));
      timeline.add(process.machine.name, "is cut off for " + duration.toMillis() + " ms");
      process.machine.cut(duration);
    }
  }

  /** One that lives. */
  SimulatedProcess anotherProcess() {
    SimulatedProcess process = anyProcess();
    return process.machine.isDead() ? newProcess() : process;
  }

  private SimulatedProcess anyProcess() {
    return processes.get(random.nextInt(processes.size()));
  }

  private SimulatedProcess newProcess() {
    Machine machine =
        new Machine(
            "process " + processes.size(),
            new Machine.Risks(profile.failures(), profile.slow(), 0, 0),
            time,
            () -> {});
    SimulatedProcess process =
        new SimulatedProcess(
            machine,
            profile.pushes(),
            storage,
            service.queue(),
            channels.open(),
            time,
            random,
            chaos);
    processes.add(process);
    return process;
  }
}
