package io.faaskeeper.memory;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How every store changes something: not after the deadline, on the caller's thread. */
final class Changes {
  private final Clock clock;
  private final Retention retention;

  Changes(Clock clock, Retention retention) {
    this.clock = clock;
    this.retention = retention;
  }

  <T extends @Nullable Object> CompletionStage<T> change(Deadline deadline, Supplier<T> change) {
    if (deadline.hasPassed(clock)) {
      return CompletableFuture.failedFuture(
          new DeadlinePassedException("too late for a change of storage"));
    }
    retention.sweep();
    try {
      return CompletableFuture.completedFuture(change.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  CompletionStage<Void> run(Deadline deadline, Runnable change) {
    return change(
        deadline,
        () -> {
          change.run();
          return null;
        });
  }
}
