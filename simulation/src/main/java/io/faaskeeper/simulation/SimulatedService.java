package io.faaskeeper.simulation;

import io.faaskeeper.memory.MemoryDistributorQueue;
import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Distributor;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The functions of a deployment and the queues between them, over ports to storage. */
final class SimulatedService {
  private static final int GROUPS = 3;
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final SimulatedStorage stored;
  private final ServicePorts storage;
  private final ServiceOptions options;
  private final Profile profile;
  private final Profile risks;
  private final VirtualTime time;
  private final Random random;
  private final Chaos chaos;
  private final Timeline timeline;
  private final DistributorQueue distributor;
  private final WorkerQueue queue;

  SimulatedService(
      SimulatedStorage stored,
      Profile profile,
      VirtualTime time,
      Random random,
      Chaos chaos,
      Timeline timeline) {
    this.stored = stored;
    this.storage = stored.ports;
    this.profile = profile;
    this.time = time;
    this.random = random;
    this.chaos = chaos;
    this.timeline = timeline;
    this.risks = withoutSome(profile);
    this.options =
        new ServiceOptions(
            new byte[Seal.SECRET_BYTES], 2_000, random.nextBoolean(), random.nextBoolean(), null);
    this.distributor = distributor();
    this.queue = workerQueue();
    FunctionHost<String, Heartbeat.Report> heartbeat =
        host(
            "heartbeat",
            machine -> {
              Heartbeat made = stages(machine).heartbeat(queue(machine));
              return (event, deadline) -> made.run(deadline);
            });
    beat(heartbeat);
  }

  private Profile withoutSome(Profile all) {
    Profile some = all;
    for (Fault fault : List.of(Fault.FAILURE, Fault.CRASH, Fault.FREEZE)) {
      if (random.nextInt(3) == 0) {
        some = some.with(fault, 0);
      }
    }
    return some;
  }

  /** Where a machine sends requests. */
  WorkerQueue queue(Machine machine) {
    return stored.queue(machine, queue);
  }

  /** Queue groups and so on do not matter to a reader of the timeline; this does. */
  @Override
  public String toString() {
    return (options.inline() ? "inline" : "distributor function")
        + (options.answerFirst() ? ", answers first, " : ", watermark first, ")
        + risks;
  }

  private WorkerQueue workerQueue() {
    List<FunctionHost<List<byte[]>, BitSet>> writers = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      writers.add(
          host(
              "writer " + i,
              machine -> {
                ServiceStages stages = stages(machine);
                Writer writer =
                    stages.writer(
                        chaos.wrap(DistributorQueue.class, distributor, machine), stages.watch());
                return (batch, deadline) ->
                    stored
                        .open(machine, batch)
                        .thenCompose(messages -> writer.process(messages, deadline));
              }));
    }
    WorkerQueue made =
        new MemoryQueue(
            GROUPS, new Batches(writers, profile, chaos, time, random, timeline), time, time);
    stored.feed(made);
    return made;
  }

  /** A distributor function of its own, which not every deployment has. */
  private DistributorQueue distributor() {
    if (options.inline()) {
      return record -> CompletableFuture.failedStage(new AssertionError("it is inline"));
    }
    FunctionHost<Long, Void> host =
        host(
            "distributor",
            machine -> {
              ServiceStages stages = stages(machine);
              Distributor made = stages.distributor(stages.watch());
              return (record, deadline) -> made.distribute(deadline).thenApply(x -> null);
            });
    return new MemoryDistributorQueue(host::handle, time);
  }

  private void beat(FunctionHost<String, Heartbeat.Report> heartbeat) {
    time.schedule(
        HEARTBEAT,
        () -> {
          if (storage.watermarks().read().toCompletableFuture().join().heartbeat()) {
            heartbeat.handle("time").whenComplete((report, failure) -> beat(heartbeat));
          } else {
            beat(heartbeat);
          }
        });
  }

  private <E, R> FunctionHost<E, R> host(
      String name, Function<Machine, FunctionHost.Handler<E, R>> maker) {
    return new FunctionHost<>(name, risks, time, chaos, timeline, maker);
  }

  private ServiceStages stages(Machine machine) {
    ServicePorts ports =
        new ServicePorts(
            stored.log(machine),
            chaos.wrap(Watermarks.class, storage.watermarks(), machine),
            stored.nodes(machine),
            chaos.wrap(ChildStore.class, storage.children(), machine),
            chaos.wrap(OwnerIndex.class, storage.owners(), machine),
            chaos.wrap(SessionStore.class, storage.sessions(), machine),
            chaos.wrap(ProcessRegistry.class, storage.processes(), machine),
            chaos.wrap(Mailbox.class, storage.mailbox(), machine),
            channel(machine),
            machine,
            machine);
    return new ServiceStages(ports, options, Limits.DEFAULT, random);
  }

  private ClientChannel channel(Machine machine) {
    return new ClientChannel() {
      @Override
      public CompletionStage<Void> push(String address, byte[] message) {
        chaos.later(
            machine,
            () -> {
              var unused = storage.channel().push(address, message);
            });
        return CompletableFuture.completedStage(null);
      }

      @Override
      public CompletionStage<Void> remove(String address) {
        return storage.channel().remove(address);
      }
    };
  }
}
