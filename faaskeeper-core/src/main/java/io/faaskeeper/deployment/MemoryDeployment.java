package io.faaskeeper.deployment;

import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.ClientPorts;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.processor.Limits;
import io.faaskeeper.service.Heartbeat;
import io.faaskeeper.service.ServiceOptions;
import io.faaskeeper.service.ServiceStages;
import io.faaskeeper.service.Writer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole deployment in this JVM: storage, queue and stages, called directly. For tests and trials:
 * what it holds is gone with it. Thread-safe.
 */
public final class MemoryDeployment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryDeployment.class);

  /** A function's time-out on AWS; here it bounds how long a batch may wait for anything. */
  private static final Duration BATCH_TIME = Duration.ofSeconds(10);

  /** All processes are in this JVM, so that nothing is needed for longer. */
  private static final Duration RETENTION = Duration.ofMinutes(10);

  private final MemoryStorage storage;
  private final MemoryChannels channels = new MemoryChannels();
  private final MemoryQueue queue;
  private final byte[] secret = new byte[Seal.SECRET_BYTES];
  private final Clock clock;
  private final Scheduler scheduler;
  private final Supplier<Heartbeat> newHeartbeat;
  private final Duration heartbeatPeriod;
  private volatile Heartbeat heartbeat;
  private volatile boolean closed;

  /**
   * Starts it.
   *
   * @param config its tick, heartbeat and ring are used
   * @param limits what the processor refuses
   * @param random for secrets and attempts
   */
  public MemoryDeployment(
      DeploymentConfig config,
      Limits limits,
      Clock clock,
      Scheduler scheduler,
      RandomGenerator random) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.storage = new MemoryStorage(clock, config.logSlots(), RETENTION);
    random.nextBytes(secret);
    ServicePorts ports =
        new ServicePorts(
            storage.log(),
            storage.watermarks(),
            storage.nodes(),
            storage.children(),
            storage.owners(),
            storage.sessions(),
            storage.processes(),
            storage.mailbox(),
            channels,
            clock,
            scheduler);
    ServiceOptions options =
        new ServiceOptions(secret, config.tickMillis(), true, false, config.superDigest());
    ServiceStages stages = new ServiceStages(ports, options, limits, random);
    Writer writer =
        stages.writer(
            record -> {
              throw new IllegalStateException("the distributor is inline");
            },
            stages.watch());
    this.queue =
        new MemoryQueue(
            1, (group, messages) -> writer.process(messages, deadline()), clock, scheduler);
    this.newHeartbeat = () -> stages.heartbeat(queue);
    this.heartbeat = newHeartbeat.get();
    this.heartbeatPeriod =
        Duration.ofMillis(
            config
                .heartbeatFrequencyMinutes()
                .movePointRight(3)
                .multiply(BigDecimal.valueOf(60))
                .max(BigDecimal.ONE)
                .longValue());
    scheduleHeartbeat();
  }

  private Deadline deadline() {
    return new Deadline(clock.nanoTime() + BATCH_TIME.toNanos());
  }

  private void scheduleHeartbeat() {
    scheduler.schedule(heartbeatPeriod, this::beat);
  }

  private void beat() {
    if (closed) {
      return;
    }
    heartbeat
        .run(new Deadline(clock.nanoTime() + heartbeatPeriod.toNanos()))
        .whenComplete(
            (report, failure) -> {
              if (failure != null) {
                LOG.warn("the heartbeat failed", failure);
              }
              scheduleHeartbeat();
            });
  }

  /** What the heartbeat remembered is gone, as with a new instance of the function. */
  public void restartHeartbeat() {
    heartbeat = newHeartbeat.get();
  }

  /** The password of a session, whether or not there is one of this id. */
  public byte[] sessionPassword(long sessionId) {
    return Seal.password(secret, sessionId);
  }

  /** The ports of one more client process. */
  public ClientPorts clientPorts() {
    return new ClientPorts(
        storage.watermarks(),
        storage.nodes(),
        storage.children(),
        storage.owners(),
        storage.processes(),
        storage.mailbox(),
        queue,
        channels.open(),
        clock,
        scheduler);
  }

  /** What it holds. */
  public MemoryStorage storage() {
    return storage;
  }

  /** What it holds, for who only reads it. */
  DeploymentStorage deploymentStorage() {
    return new DeploymentStorage(
        storage.log(),
        storage.watermarks(),
        storage.nodes(),
        storage.children(),
        storage.owners(),
        storage.sessions(),
        storage.processes(),
        () -> {});
  }

  /** Stops the schedule. The runtimes of its clients are closed by who made them. */
  @Override
  public void close() {
    closed = true;
  }
}
