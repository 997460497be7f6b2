package io.faaskeeper.simulation;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.WorkerQueue;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a history is stored: all in memory, or the log and the nodes, and perhaps the worker queue,
 * by the ports to AWS. What a machine calls may go wrong; a checker's calls are done at once.
 */
final class SimulatedStorage {
  /** Memory forgets when something changes, a few items each time; nothing has so many left. */
  private static final int CHANGES = 8_192;

  /** What is forgotten by itself is forgotten after this, however wrong a clock was. */
  private static final Duration RETENTION = MemoryStorage.RETENTION.plusMinutes(11);

  final ServicePorts ports;
  private final World world;
  private final MemoryStorage memory;
  private final @Nullable AwsWorld aws;

  /**
   * What there is before there is storage.
   *
   * @param slots the size of the log's ring
   */
  record World(
      VirtualTime time,
      Random random,
      Chaos chaos,
      SessionLives lives,
      Freshness freshness,
      AppendedRecords records,
      int slots) {}

  /** Makes the storage of one history. */
  interface Maker {
    SimulatedStorage make(World world, MemoryChannels channels);
  }

  /** Any, as chance has it. */
  static final Maker ANY =
      (world, channels) -> {
        List<Maker> makers =
            List.of(
                inMemory(UnaryOperator.identity()),
                inMemory(UnaryOperator.identity()),
                onAws(AwsWorld.Kind.TABLES, AwsWorld.Wiring.NONE),
                onAws(AwsWorld.Kind.HYBRID, AwsWorld.Wiring.NONE),
                onAws(AwsWorld.Kind.PERSISTENT, AwsWorld.Wiring.NONE));
        return makers.get(world.random.nextInt(makers.size())).make(world, channels);
      };

  /**
   * All of it in memory.
   *
   * @param wiring what stands between everybody and storage
   */
  static Maker inMemory(UnaryOperator<ServicePorts> wiring) {
    return (world, channels) -> {
      MemoryStorage memory = new MemoryStorage(world.time, world.slots);
      ServicePorts ports =
          wiring.apply(ports(memory, memory.log(), memory.nodes(), world, channels));
      return new SimulatedStorage(world, memory, Observed.by(world, ports), null);
    };
  }

  /**
   * The log and the nodes by the ports to AWS, the rest in memory.
   *
   * @param wiring what stands between everybody and what there is on AWS
   */
  static Maker onAws(AwsWorld.Kind kind, AwsWorld.Wiring wiring) {
    return (world, channels) -> {
      MemoryStorage memory = new MemoryStorage(world.time, world.slots);
      AwsWorld aws = new AwsWorld(world, kind, wiring);
      ServicePorts ports = ports(memory, aws.log(), aws.nodes(), world, channels);
      return new SimulatedStorage(world, memory, Observed.by(world, ports), aws);
    };
  }

  private static ServicePorts ports(
      MemoryStorage memory,
      TransactionLog log,
      NodeStore nodes,
      World world,
      MemoryChannels channels) {
    return new ServicePorts(
        log,
        memory.watermarks(),
        nodes,
        memory.children(),
        memory.owners(),
        memory.sessions(),
        memory.processes(),
        memory.mailbox(),
        channels,
        world.time,
        world.time);
  }

  private SimulatedStorage(
      World world, MemoryStorage memory, ServicePorts ports, @Nullable AwsWorld aws) {
    this.world = world;
    this.memory = memory;
    this.ports = ports;
    this.aws = aws;
  }

  /** The log, as a machine has it. */
  TransactionLog log(Machine machine) {
    return aws == null
        ? world.chaos.wrap(TransactionLog.class, ports.log(), machine)
        : aws.log(machine);
  }

  /** User storage, as a machine has it. */
  NodeStore nodes(Machine machine) {
    return aws == null
        ? world.chaos.wrap(NodeStore.class, ports.nodes(), machine)
        : aws.nodes(machine);
  }

  /**
   * The worker queue, as a machine has it.
   *
   * @param memory the queue behind it, or instead of it
   */
  WorkerQueue queue(Machine machine, WorkerQueue memory) {
    return aws != null && aws.hasQueue()
        ? aws.queue(machine, memory.groups())
        : world.chaos.wrap(WorkerQueue.class, memory, machine);
  }

  /** The messages that a machine gets with a batch of that queue. */
  CompletionStage<List<byte[]>> open(Machine machine, List<byte[]> batch) {
    return aws != null && aws.hasQueue()
        ? aws.open(machine, batch)
        : CompletableFuture.completedStage(batch);
  }

  /** What comes by the worker queue goes on into this one. */
  void feed(WorkerQueue memory) {
    if (aws != null) {
      aws.feed(memory);
    }
  }

  /** Time passes until all is forgotten that is forgotten by itself. */
  void forget() {
    world.time.advance(RETENTION);
    for (int i = 0; i < CHANGES; i++) {
      memory.owners().remove("nobody", "nothing", Deadline.NONE);
    }
  }

  /** What lies beside the log and the nodes that none of them needs; a violation each. */
  List<String> leftovers() {
    return aws == null ? List.of() : aws.leftovers();
  }

  @Override
  public String toString() {
    return (aws == null ? "in memory" : aws.toString()) + ", a ring of " + world.slots + " slots";
  }
}
