package io.faaskeeper.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime();
  private final long start = time.nanoTime();
  private final List<String> ran = new ArrayList<>();

  @Test
  void tasksRunInTheOrderOfTheirTimesAndThenOfTheirScheduling() {
    at(30, "c");
    at(10, "a1");
    at(20, "b");
    at(10, "a2");

    time.advance(Duration.ofMillis(20));

    assertEquals(List.of("a1@10", "a2@10", "b@20"), ran);
    assertEquals(1, time.waiting());
  }

  @Test
  void aTaskMayScheduleWhatFallsDueOnTheWay() {
    time.schedule(
        Duration.ofMillis(10),
        () -> {
          at(5, "inner");
          at(0, "at once");
          at(95, "later");
        });

    time.advance(Duration.ofMillis(100));

    assertEquals(List.of("at once@10", "inner@15"), ran);
    assertTrue(time.step());
    assertEquals("later@105", ran.get(2));
    assertFalse(time.step());
  }

  @Test
  void aCancelledTaskDoesNotRun() {
    Scheduler.Cancellable task = time.schedule(Duration.ofMillis(10), () -> ran.add("no"));
    task.cancel();
    task.cancel();

    time.advance(Duration.ofMillis(10));

    assertEquals(List.of(), ran);
  }

  @Test
  void bothClocksMoveTogether() {
    long millis = time.currentTimeMillis();

    time.advance(Duration.ofDays(400));

    assertEquals(Duration.ofDays(400).toMillis(), time.currentTimeMillis() - millis);
    assertEquals(Duration.ofDays(400).toNanos(), time.nanoTime() - start);
  }

  @Test
  void whatATaskThrowsIsNotOverlooked() {
    time.schedule(
        Duration.ZERO,
        () -> {
          throw new IllegalStateException("a test's task fails");
        });

    assertThrows(IllegalStateException.class, time::runDue);
  }

  private void at(long millis, String name) {
    time.schedule(
        Duration.ofMillis(millis),
        () -> ran.add(name + "@" + (time.nanoTime() - start) / 1_000_000));
  }
}
