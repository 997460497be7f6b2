package io.faaskeeper.service;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.processor.Limits;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Storage of a deployment in memory and virtual time, and any number of function sandboxes over it.
 */
final class ServiceWorld {
  static final int SLOTS = 16;

  final VirtualTime time = new VirtualTime();
  final MemoryStorage storage = new MemoryStorage(time, SLOTS);
  final MemoryChannels channels = new MemoryChannels();
  private final Random random = new Random(42);
  private int processes;

  ServicePorts ports() {
    return new ServicePorts(
        storage.log(),
        storage.watermarks(),
        storage.nodes(),
        storage.children(),
        storage.owners(),
        storage.sessions(),
        storage.processes(),
        storage.mailbox(),
        channels,
        time,
        time);
  }

  static ServiceOptions options(boolean inline, boolean answerFirst) {
    return new ServiceOptions(new byte[Seal.SECRET_BYTES], 2_000, inline, answerFirst, null);
  }

  ServiceStages stages(UnaryOperator<ServicePorts> wrap, ServiceOptions options) {
    return new ServiceStages(wrap.apply(ports()), options, Limits.DEFAULT, random);
  }

  /** A new sandbox of the inline writer. */
  Writer writer() {
    return writer(ports -> ports);
  }

  Writer writer(UnaryOperator<ServicePorts> wrap) {
    ServiceStages stages = stages(wrap, options(true, true));
    return stages.writer(
        record -> CompletableFuture.failedStage(new AssertionError("inline")), stages.watch());
  }

  /** A new sandbox of a writer that leaves it to the distributor function to distribute. */
  Writer writer(UnaryOperator<ServicePorts> wrap, DistributorQueue queue) {
    ServiceStages stages = stages(wrap, options(false, true));
    return stages.writer(queue, stages.watch());
  }

  /** A new sandbox of the distributor function. */
  Distributor distributor(UnaryOperator<ServicePorts> wrap) {
    ServiceStages stages = stages(wrap, options(false, true));
    return stages.distributor(stages.watch());
  }

  ScriptedProcess process() {
    processes++;
    ScriptedProcess process = new ScriptedProcess(processes, channels.open());
    join(
        storage
            .processes()
            .register(process.name(), process.secret(), 4_000, process.address())
            .toCompletableFuture());
    return process;
  }

  Deadline deadline() {
    return new Deadline(time.nanoTime() + Duration.ofMinutes(1).toNanos());
  }

  /** Runs a batch to its end, moving time as it waits. */
  BitSet run(Writer writer, byte[]... messages) {
    return join(writer.process(List.of(messages), deadline()).toCompletableFuture());
  }

  <T> T join(CompletableFuture<T> future) {
    while (!future.isDone()) {
      if (!time.step()) {
        throw new AssertionError("waits for nothing");
      }
    }
    return future.join();
  }

  /** Opens a session through a writer. */
  void open(Writer writer, ScriptedProcess process, long session) {
    run(
        writer,
        process.message(
            ScriptedProcess.request(session, 0, 0, new Operation.CreateSession(4_000))));
  }
}
