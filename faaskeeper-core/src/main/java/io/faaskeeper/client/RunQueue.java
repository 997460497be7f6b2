package io.faaskeeper.client;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one client runtime one after the other, on the threads that bring them: if
 * nothing runs, a task runs on the caller's thread before {@link #execute} returns; else the thread
 * that is running another takes it over. So what only tasks touch needs no lock, nobody waits, and
 * a task may call anybody: what comes back is queued behind it. A task that fails does not keep the
 * others from running; after an {@link Error} nobody knows what it left half done, so whoever owns
 * the tasks is told. Thread-safe.
 */
final class RunQueue implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);

  private final Clock clock;
  private final Scheduler scheduler;
  private final Consumer<Error> broken;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** The task that runs and those in {@code tasks}; who moves it from 0 runs them all. */
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * @param broken told, as part of the task, that a task ended with an error
   */
  RunQueue(Clock clock, Scheduler scheduler, Consumer<Error> broken) {
    this.clock = clock;
    this.scheduler = scheduler;
    this.broken = broken;
  }

  @Override
  public void execute(Runnable task) {
    if (pending.compareAndSet(0, 1)) {
      run(task);
      drain(pending.decrementAndGet());
    } else {
      tasks.add(task);
      drain(pending.getAndIncrement() == 0 ? 1 : 0);
    }
  }

  private void drain(int first) {
    int left = first;
    while (left > 0) {
      run(Objects.requireNonNull(tasks.poll()));
      left = pending.decrementAndGet();
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of the client failed", e);
    } catch (Error e) {
      tell(e);
    }
  }

  /** Whatever this does, the queue goes on: else everybody would wait for ever. */
  private void tell(Error error) {
    try {
      broken.accept(error);
    } catch (RuntimeException | Error e) {
      LOG.error("the failure of a task could not be dealt with", e);
    }
  }

  /** Goes on with the value of a stage, or its failure, in a task of its own. */
  <T> void on(CompletionStage<T> stage, Consumer<? super T> done, Consumer<Throwable> failed) {
    stage.whenComplete(
        (@Nullable T value, @Nullable Throwable failure) ->
            execute(
                () -> {
                  if (failure != null) {
                    failed.accept(failure);
                  } else {
                    done.accept(Objects.requireNonNull(value));
                  }
                }));
  }

  /** {@link #on} for a stage without a value. */
  void onDone(CompletionStage<Void> stage, Runnable done, Consumer<Throwable> failed) {
    stage.whenComplete(
        (nothing, failure) ->
            execute(
                () -> {
                  if (failure != null) {
                    failed.accept(failure);
                  } else {
                    done.run();
                  }
                }));
  }

  /** Runs a task later. */
  Scheduler.Cancellable after(long millis, Runnable task) {
    return scheduler.schedule(Duration.ofMillis(millis), () -> execute(task));
  }

  Clock clock() {
    return clock;
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  /** Milliseconds since {@code nanoTime}, rounded down. */
  long millisSince(long nanoTime) {
    return Math.floorDiv(clock.nanoTime() - nanoTime, 1_000_000L);
  }
}
