package io.faaskeeper.simulation;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one function as Lambda would: one event at a time in a sandbox that is kept warm, and is
 * replaced after it died or took too long. A sandbox that took too long is not stopped: it goes on
 * whenever it wakes up.
 */
final class FunctionHost<E, R> {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** A function in a sandbox. */
  interface Handler<E, R> {
    CompletionStage<R> handle(E event, Deadline deadline);
  }

  private final String name;
  private final Profile risks;
  private final VirtualTime time;
  private final Chaos chaos;
  private final Timeline timeline;
  private final Function<Machine, Handler<E, R>> maker;
  private @Nullable Sandbox<E, R> warm;
  private int sandboxes;

  private static final class Sandbox<E, R> {
    final Machine machine;
    final Handler<E, R> handler;
    Runnable onDeath = () -> {};

    Sandbox(FunctionHost<E, R> host, String name) {
      Machine.Clocks clocks = host.chaos.clocks(host.risks.share(Fault.DRIFT));
      machine = new Machine(name, host.risks, host.time, clocks, () -> onDeath.run());
      handler = host.maker.apply(machine);
    }

    CompletionStage<R> handle(E event) {
      return handler.handle(event, new Deadline(machine.nanoTime() + DEADLINE.toNanos()));
    }
  }

  FunctionHost(
      String name,
      Profile risks,
      VirtualTime time,
      Chaos chaos,
      Timeline timeline,
      Function<Machine, Handler<E, R>> maker) {
    this.name = name;
    this.risks = risks;
    this.time = time;
    this.chaos = chaos;
    this.timeline = timeline;
    this.maker = maker;
  }

  /** Works on an event; fails when the sandbox died, or did not come to an end in time. */
  CompletionStage<R> handle(E event) {
    Sandbox<E, R> sandbox = warm == null ? cold() : warm;
    warm = sandbox;
    if (chaos.happens(Fault.DOUBLE, risks)) {
      timeline.add(name, "a second copy gets the batch, too");
      cold().handle(event);
    }
    CompletableFuture<R> result = new CompletableFuture<>();
    sandbox.onDeath =
        () -> time.schedule(Duration.ofMillis(100), () -> replace(sandbox, result, "died"));
    var timeout = time.schedule(TIMEOUT, () -> replace(sandbox, result, "timed out"));
    sandbox
        .handle(event)
        .whenComplete(
            (value, failure) -> {
              if (sandbox.machine.isDead()) {
                return;
              }
              timeout.cancel();
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  private void replace(Sandbox<E, R> sandbox, CompletableFuture<R> result, String why) {
    if (!result.isDone()) {
      if (warm == sandbox) {
        warm = null;
      }
      result.completeExceptionally(new IllegalStateException(sandbox.machine.name + " " + why));
    }
  }

  private Sandbox<E, R> cold() {
    return new Sandbox<>(this, name + "." + ++sandboxes);
  }
}
