package io.faaskeeper.client;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.processor.Limits;
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

/**
 * A deployment in memory and virtual time, with the real service, and processes that a test can
 * hold at any call. One thread runs it all.
 */
final class ClientWorld {
  static final int GROUPS = 3;

  final VirtualTime time = new VirtualTime();
  final MemoryStorage storage = new MemoryStorage(time, 1_024);
  final MemoryChannels channels = new MemoryChannels();
  final Random random = new Random(7);

  /** Between the service and storage. */
  final PortGate serviceGate = new PortGate();

  final WorkerQueue queue;
  private final ServicePorts ports;
  private final ServiceOptions options;
  private final List<TestProcess> processes = new ArrayList<>();

  ClientWorld() {
    this(true);
  }

  /**
   * A deployment.
   *
   * @param answerFirst whether answers are pushed before the watermark moves
   */
  ClientWorld(boolean answerFirst) {
    this.ports =
        new ServicePorts(
            storage.log(),
            serviceGate.wrap(Watermarks.class, "watermarks", storage.watermarks()),
            serviceGate.wrap(NodeStore.class, "nodes", storage.nodes()),
            storage.children(),
            storage.owners(),
            storage.sessions(),
            storage.processes(),
            serviceGate.wrap(Mailbox.class, "mailbox", storage.mailbox()),
            channels,
            time,
            time);
    this.options = new ServiceOptions(new byte[Seal.SECRET_BYTES], 2_000, true, answerFirst, null);
    DistributorQueue none =
        record -> CompletableFuture.failedStage(new AssertionError("it is inline"));
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      ServiceStages stages = new ServiceStages(ports, options, Limits.DEFAULT, random);
      writers.add(stages.writer(none, stages.watch()));
    }
    this.queue =
        new MemoryQueue(
            GROUPS, (group, messages) -> process(writers.get(group), messages), time, time);
  }

  private CompletionStage<BitSet> process(Writer writer, List<byte[]> messages) {
    return writer.process(
        messages, new Deadline(time.nanoTime() + Duration.ofSeconds(10).toNanos()));
  }

  /** A new sandbox of the heartbeat. */
  Heartbeat heartbeat() {
    return new ServiceStages(ports, options, Limits.DEFAULT, random).heartbeat(queue);
  }

  Heartbeat.Report beat(Heartbeat heartbeat) {
    return await(heartbeat.run(new Deadline(time.nanoTime() + Duration.ofSeconds(50).toNanos())));
  }

  TestProcess process() {
    TestProcess process = new TestProcess(this, ClientOptions.DEFAULTS);
    processes.add(process);
    return process;
  }

  /** Lets virtual time pass. */
  void pass(Duration duration) {
    time.advance(duration);
  }

  void passMillis(long millis) {
    pass(Duration.ofMillis(millis));
  }

  Reply await(Asked asked) {
    return await(asked.reply());
  }

  /** Lets time pass until the stage completes, half a minute at most. */
  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    long end = time.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!future.isDone()) {
      if (time.nanoTime() > end || !time.step()) {
        throw new AssertionError("it does not come");
      }
    }
    return future.join();
  }

  /** The watermark's zxid. */
  long watermark() {
    return storage.watermarks().read().toCompletableFuture().join().zxid();
  }
}
