package io.faaskeeper.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExecutorSchedulerTest {
  private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
  private final Scheduler scheduler = new ExecutorScheduler(executor);
  private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void aTaskThatFailsHindersNoOther() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    scheduler.schedule(
        Duration.ZERO,
        () -> {
          ran.add("failing");
          throw new IllegalStateException("a test's task fails");
        });
    scheduler.schedule(Duration.ofMillis(1), end::countDown);

    assertTrue(end.await(30, TimeUnit.SECONDS));
    assertEquals(List.of("failing"), List.copyOf(ran));
  }

  @Test
  void aTaskThatIsCancelledDoesNotRun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    scheduler.schedule(
        Duration.ZERO,
        () -> {
          try {
            assertTrue(begun.await(30, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Scheduler.Cancellable cancelled = scheduler.schedule(Duration.ZERO, () -> ran.add("no"));
    scheduler.schedule(Duration.ZERO, end::countDown);

    cancelled.cancel();
    cancelled.cancel();
    begun.countDown();

    assertTrue(end.await(30, TimeUnit.SECONDS));
    assertEquals(List.of(), List.copyOf(ran));
  }

  @Test
  void afterTheEndNothingRuns() throws InterruptedException {
    scheduler.schedule(Duration.ofDays(1), () -> ran.add("late"));
    executor.shutdownNow();

    scheduler.schedule(Duration.ZERO, () -> ran.add("no")).cancel();

    assertTrue(executor.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(List.of(), List.copyOf(ran));
  }
}
