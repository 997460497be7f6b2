package io.faaskeeper.zookeeper.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausableTimeTest {
  private final List<String> ran = new ArrayList<>();
  private final ManualTime manual = new ManualTime();
  private final PausableTime time = new PausableTime(manual, manual);

  @Test
  void whatIsDueWhileItStandsRunsLater() {
    time.schedule(Duration.ofNanos(10), () -> ran.add("task"));
    manual.advance(4);
    time.pause();
    manual.advance(100);
    assertEquals(4, time.nanoTime());
    assertEquals(List.of(), ran);
    time.resume();
    manual.advance(5);
    assertEquals(List.of(), ran);
    manual.advance(1);
    assertEquals(List.of("task"), ran);
    assertEquals(10, time.nanoTime());
  }

  @Test
  void whatIsScheduledWhileItStandsWaits() {
    time.pause();
    time.schedule(Duration.ZERO, () -> ran.add("task"));
    manual.advance(1);
    assertEquals(List.of(), ran);
    time.resume();
    manual.advance(1);
    assertEquals(List.of("task"), ran);
  }

  @Test
  void whatIsCancelledDoesNotRun() {
    Scheduler.Cancellable first = time.schedule(Duration.ofNanos(5), () -> ran.add("first"));
    time.pause();
    Scheduler.Cancellable second = time.schedule(Duration.ofNanos(5), () -> ran.add("second"));
    first.cancel();
    second.cancel();
    time.resume();
    manual.advance(100);
    assertEquals(List.of(), ran);
  }

  /** Goes on when it is told to, and runs what is due then. */
  private static final class ManualTime implements Clock, Scheduler {
    private record Due(long at, Runnable task) {}

    private final List<Due> tasks = new ArrayList<>();
    private long now;

    void advance(long nanos) {
      now += nanos;
      List<Due> due = tasks.stream().filter(task -> task.at() <= now).toList();
      tasks.removeAll(due);
      due.forEach(task -> task.task().run());
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public long currentTimeMillis() {
      return now;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      Due due = new Due(now + delay.toNanos(), task);
      tasks.add(due);
      return () -> tasks.remove(due);
    }
  }
}
