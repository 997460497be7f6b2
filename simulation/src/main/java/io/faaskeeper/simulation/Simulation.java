package io.faaskeeper.simulation;

import io.faaskeeper.memory.MemoryChannels;
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
 * One history: some clients in some processes that read, write and watch a few nodes at random, and
 * some that run a program with a meaning, over the real service and ports that delay, reorder and
 * fail. One seed is one history. What each client was told, and what is stored in the end, is
 * compared with what the log says.
 */
final class Simulation {
  private static final Duration LONGEST = Duration.ofHours(2);

  /** After this nothing of what went wrong is on its way any more, and the dead are found dead. */
  private static final Duration QUIET = Duration.ofSeconds(90);

  private static final int SMALL_RING = 48;
  private static final int LARGE_RING = 8_192;

  /** What to run. */
  record Settings(long seed, Profile profile, int operations, int maxFaults) {
    Settings(long seed, Profile profile, int operations) {
      this(seed, profile, operations, Integer.MAX_VALUE);
    }

    /** The same, but that only so many things go wrong. */
    Settings withMaxFaults(int count) {
      return new Settings(seed, profile, operations, count);
    }
  }

  final VirtualTime time = new VirtualTime();
  final Timeline timeline = new Timeline(time);
  final RealTime realTime = new RealTime();
  final SessionLives lives = new SessionLives(time);
  final Freshness freshness = new Freshness(time);
  private final AppendedRecords records = new AppendedRecords(lives);
  final Random random;
  int asked;
  int events;

  private final Settings settings;
  private final UnaryOperator<Machine.Clocks> clocks;
  private final Chaos chaos;
  private final MemoryChannels channels = new MemoryChannels();
  private final SimulatedStorage stored;
  private final ServicePorts storage;
  private final SimulatedService service;
  private final List<SimulatedProcess> processes = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();

  /**
   * A history that has not begun.
   *
   * @param maker makes what stores it
   */
  Simulation(Settings settings, SimulatedStorage.Maker maker) {
    this(settings, maker, UnaryOperator.identity());
  }

  /**
   * A history that has not begun.
   *
   * @param maker makes what stores it
   * @param clocks what the clocks of client processes are made of those that they should have
   */
  Simulation(
      Settings settings, SimulatedStorage.Maker maker, UnaryOperator<Machine.Clocks> clocks) {
    this.clocks = clocks;
    this.settings = settings;
    this.random = new Random(settings.seed());
    this.chaos = new Chaos(time, random, timeline, settings.maxFaults());
    this.stored =
        maker.make(
            new SimulatedStorage.World(
                time, random, chaos, lives, freshness, records, slots(settings.seed())),
            channels);
    this.storage = stored.ports;
    this.service = new SimulatedService(stored, settings.profile(), time, random, chaos, timeline);
    timeline.add("deployment", stored);
    timeline.add("deployment", service);
  }

  /** In some histories the log's ring comes round several times. */
  private static int slots(long seed) {
    return seed % 4 == 0 ? SMALL_RING : LARGE_RING;
  }

  /** Runs it and checks it; a violation is an AssertionError. */
  void run() {
    begin();
    runUntil(
        () -> clients.stream().allMatch(SimulatedClient::isDone), "some request is not answered");
    chaos.heal();
    timeline.add("deployment", "healed");
    runUntil(
        () -> clients.stream().allMatch(client -> client.isFinished() || client.isConnected()),
        "some session is not attached");
    time.advance(QUIET);
    checkHistory();
    everybodyDies();
    tidy();
    runUntil(this::isApplied, "the log is not applied");
    LogTruth all = truth();
    new SessionCheck().check(all.entries());
    new EndCheck(storage, all).check();
    aDayPasses();
    new LeftoverCheck(storage, all).check(stored.leftovers());
  }

  private void begin() {
    int processCount = 1 + random.nextInt(2);
    List<Programs.Named> programs =
        new Programs(random, settings.operations()).choose(text -> timeline.add("program", text));
    for (Programs.Named named : programs) {
      SimulatedProcess process = clients.size() < processCount ? newProcess() : anyProcess();
      clients.add(new SimulatedClient(named.name(), this, process, named.program()));
    }
    clients.forEach(SimulatedClient::connect);
  }

  private LogTruth truth() {
    return new LogTruth(records.all());
  }

  private void checkHistory() {
    LogTruth truth = truth();
    lives.check();
    ConnectionCheck check = new ConnectionCheck(truth);
    for (SimulatedClient client : clients) {
      client.connections.forEach(check::check);
      client.program.check(truth);
    }
  }

  /** Everybody dies, and what they left is cleaned away. */
  private void everybodyDies() {
    clients.forEach(SimulatedClient::stop);
    processes.forEach(SimulatedProcess::die);
    try {
      runUntil(() -> rows().isEmpty() && !watermark().heartbeat(), "leases or the heartbeat stay");
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + ": " + watermark() + ", " + rows(), e);
    }
  }

  /** One client more meets all that is there, and with it what may have been left behind. */
  private void tidy() {
    time.advance(QUIET);
    oneMore(new TidyProgram(truth()));
  }

  /** Storage forgets what it forgets by itself; then the heartbeat runs once more. */
  private void aDayPasses() {
    stored.forget();
    oneMore((line, newSession) -> line.later((int) QUIET.toMillis(), line::finish));
  }

  private void oneMore(Program program) {
    SimulatedClient client = new SimulatedClient("last client", this, newProcess(), program);
    client.connect();
    runUntil(client::isFinished, "the last client does not come to an end");
    everybodyDies();
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
  List<String> timeline() {
    return timeline.lines();
  }

  /** How many requests were made. */
  int asked() {
    return asked;
  }

  /** How many events were told. */
  int events() {
    return events;
  }

  /** How often something went wrong. */
  int faults() {
    return chaos.faults();
  }

  private void runUntil(BooleanSupplier end, String otherwise) {
    long latest = time.nanoTime() + LONGEST.toNanos();
    while (!end.getAsBoolean()) {
      if (time.nanoTime() > latest || !time.step()) {
        throw new AssertionError(otherwise + " at " + time.nanoTime() / 1_000_000 + " ms");
      }
    }
  }

  /** Perhaps something happens to a client that has just asked something, or to its process. */
  void mishap(SimulatedClient client, SimulatedProcess process) {
    Profile profile = settings.profile();
    if (chaos.happens(Fault.DEATH, profile)) {
      timeline.add(process.machine.name, "dies");
      process.die();
      clients.forEach(one -> one.processDied(process));
    } else if (chaos.happens(Fault.STALL, profile)) {
      stall(process);
    } else if (chaos.happens(Fault.CUT, profile)) {
      Duration duration = Duration.ofMillis(random.nextInt(20_000));
      timeline.add(process.machine.name, "is cut off for " + duration.toMillis() + " ms");
      process.machine.cut(duration);
    } else if (chaos.happens(Fault.MOVE, profile)) {
      client.move(random.nextBoolean() ? newProcess() : anotherProcess());
    }
  }

  /** Some of its clients wait for it, some go elsewhere after a while. */
  private void stall(SimulatedProcess process) {
    Duration duration = Duration.ofMillis(random.nextInt(60_000));
    timeline.add(process.machine.name, "stands still for " + duration.toMillis() + " ms");
    process.machine.freeze(duration);
    for (SimulatedClient client : clients) {
      if (random.nextBoolean()) {
        time.schedule(
            duration.multipliedBy(random.nextInt(100)).dividedBy(100), () -> client.leave(process));
      }
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
    Profile risks = settings.profile().with(Fault.CRASH, 0).with(Fault.FREEZE, 0);
    Machine machine =
        new Machine(
            "process " + processes.size(),
            risks,
            time,
            clocks.apply(chaos.clocks(risks.share(Fault.DRIFT))),
            () -> {});
    SimulatedProcess process =
        new SimulatedProcess(
            machine, stored, service.queue(machine), channels.open(), random, chaos);
    processes.add(process);
    return process;
  }
}
