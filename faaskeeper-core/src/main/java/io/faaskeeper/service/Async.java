package io.faaskeeper.service;

import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Composition of stages that the platform lacks. */
final class Async {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private Async() {}

  static CompletionStage<Void> done() {
    return DONE;
  }

  /** Completes when all have completed, with the first failure if there is one. */
  static CompletionStage<Void> all(Collection<? extends CompletionStage<?>> stages) {
    if (stages.isEmpty()) {
      return DONE;
    }
    CompletableFuture<?>[] futures =
        stages.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(futures);
  }

  /** Completes when both have. */
  static CompletionStage<Void> both(CompletionStage<?> a, CompletionStage<?> b) {
    return all(List.of(a, b));
  }

  /** Repeats a step as long as it says so. The stack does not grow with the number of steps. */
  static CompletionStage<Void> whileTrue(Supplier<CompletionStage<Boolean>> step) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    run(step, result);
    return result;
  }

  private static void run(Supplier<CompletionStage<Boolean>> step, CompletableFuture<Void> result) {
    boolean again = true;
    while (again) {
      CompletableFuture<Boolean> stage;
      try {
        stage = step.get().toCompletableFuture();
        if (!stage.isDone()) {
          CompletableFuture<Boolean> unused =
              stage.whenComplete((more, failure) -> proceed(step, result, more, failure));
          return;
        }
        again = stage.join();
      } catch (CompletionException e) {
        result.completeExceptionally(cause(e));
        return;
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
        return;
      }
    }
    result.complete(null);
  }

  private static void proceed(
      Supplier<CompletionStage<Boolean>> step,
      CompletableFuture<Void> result,
      Boolean more,
      Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(cause(failure));
    } else if (more) {
      run(step, result);
    } else {
      result.complete(null);
    }
  }

  /** A stage that completes after a while. */
  static CompletionStage<Void> delay(Scheduler scheduler, Duration delay) {
    CompletableFuture<Void> result = new CompletableFuture<>();
    scheduler.schedule(delay, () -> result.complete(null));
    return result;
  }

  /** The failure itself, without what stages wrap around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
