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
  private final Machine.Risks risks;
  private final double doubles;
  private final VirtualTime time;
  private final Chaos chaos;
  private final Timeline timeline;
  private final Function<Machine, Handler<E, R>> maker;
  private @Nullable Warm<E, R> warm;
  private int sandboxes;

  private static final class Warm<E, R> {
    final Machine machine;
    final Handler<E, R> handler;
    Runnable onDeath = () -> {};

    Warm(FunctionHost<E, R> host, String name) {
      machine = new Machine(name, host.risks, host.time, () -> onDeath.run());
      handler = host.maker.apply(machine);
    }
  }

  FunctionHost(
      String name,
      Machine.Risks risks,
      double doubles,
      VirtualTime time,
      Chaos chaos,
      Timeline timeline,
      Function<Machine, Handler<E, R>> maker) {
    this.name = name;
    this.risks = risks;
    this.doubles = doubles;
    this.time = time;
    this.chaos = chaos;
    this.timeline = timeline;
    this.maker = maker;
  }

  /** Works on an event; fails when the sandbox died, or did not come to an end in time. */
  CompletionStage<R> handle(E event) {
    Warm<E, R> sandbox = warm == null ? cold() : warm;
    warm = sandbox;
    if (chaos.happens(doubles)) {
      timeline.add(name, "a second copy gets the batch, too");
      cold().handler.handle(event, deadline());
    }
    CompletableFuture<R> result = new CompletableFuture<>();
    sandbox.onDeath =
        () -> time.schedule(Duration.ofMillis(100), () -> replace(sandbox, result, "died"));
    var timeout = time.schedule(TIMEOUT, () -> replace(sandbox, result, "timed out"));
    sandbox
        .handler
        .handle(event, deadline())
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

  private void replace(Warm<E, R> sandbox, CompletableFuture<R> result, String why) {
    if (!result.isDone()) {
      if (warm == sandbox) {
        warm = null;
      }
      result.completeExceptionally(new IllegalStateException(sandbox.machine.name + " " + why));
    }
  }

  private Warm<E, R> cold() {
    return new Warm<>(this, name + "." + ++sandboxes);
  }

  private Deadline deadline() {
    return new Deadline(time.nanoTime() + DEADLINE.toNanos());
  }
}
