package io.faaskeeper.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.model.Operation;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The heartbeat is on while there is a session, whoever dies where: nobody else watches a lone
 * session.
 */
class HeartbeatSwitchTest {
  private final ServiceWorld world = new ServiceWorld();

  @BeforeEach
  void switchOn() {
    join(world.storage.watermarks().switchOn());
  }

  @Test
  void itIsOffWhenNobodyIsThere() {
    Heartbeat.Report report = world.join(run(ports -> ports));

    assertFalse(report.sessionsLeft());
    assertFalse(watermark().heartbeat());
  }

  @Test
  void aRunThatDiesAsItSwitchesOffLeavesItOnForASessionThatHasBegun() {
    CompletableFuture<Heartbeat.Report> run =
        run(
            instead(
                "switchOff",
                sound -> {
                  world.open(world.writer(), world.process(), 1);
                  join(sound.get());
                  return new CompletableFuture<>();
                }));

    assertFalse(run.isDone());
    assertTrue(watermark().heartbeat());
  }

  /** The run that switches it off has looked before the process was there. */
  @Test
  void aDistributorThatDiesAsItLetsASessionBeginHasSwitchedItOn() {
    world.open(world.writer(), world.process(), 1);
    Watermark seen = watermark();
    AtomicBoolean switched = new AtomicBoolean();
    Writer writer =
        world.writer(
            instead(
                "advance",
                sound -> {
                  if (switched.compareAndSet(false, true)) {
                    join(world.storage.watermarks().switchOff(seen));
                  }
                  Watermarks.Advance advance = (Watermarks.Advance) join(sound.get());
                  return advance.done()
                      ? new CompletableFuture<>()
                      : CompletableFuture.completedFuture(advance);
                }));
    byte[] message =
        world
            .process()
            .message(ScriptedProcess.request(2, 0, 0, new Operation.CreateSession(4_000)));

    CompletableFuture<BitSet> batch =
        writer.process(List.of(message), world.deadline()).toCompletableFuture();

    assertFalse(batch.isDone());
    assertTrue(watermark().record() > seen.record());
    assertTrue(watermark().heartbeat());
  }

  private CompletableFuture<Heartbeat.Report> run(UnaryOperator<ServicePorts> wrap) {
    return world
        .stages(wrap, ServiceWorld.options(true, true))
        .heartbeat(
            new MemoryQueue(
                1,
                (group, messages) -> CompletableFuture.failedStage(new AssertionError("sent")),
                world.time,
                world.time))
        .run(world.deadline())
        .toCompletableFuture();
  }

  private Watermark watermark() {
    return join(world.storage.watermarks().read());
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Calls the sound method. */
  private interface Sound {
    CompletionStage<?> get();
  }

  private interface Wrong {
    CompletionStage<?> call(Sound sound);
  }

  private UnaryOperator<ServicePorts> instead(String method, Wrong wrong) {
    return ports -> {
      Watermarks sound = ports.watermarks();
      Watermarks changed =
          (Watermarks)
              Proxy.newProxyInstance(
                  Watermarks.class.getClassLoader(),
                  new Class<?>[] {Watermarks.class},
                  (proxy, called, args) -> {
                    Sound call =
                        () -> {
                          try {
                            return (CompletionStage<?>) called.invoke(sound, args);
                          } catch (InvocationTargetException | IllegalAccessException e) {
                            throw new LinkageError("the port can't be called", e);
                          }
                        };
                    return called.getName().equals(method) ? wrong.call(call) : call.get();
                  });
      return ports.with(changed, ports.channel());
    };
  }
}
