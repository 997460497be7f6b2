package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OperationMeterTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Latencies latencies = new Latencies();
  private final OperationMeter meter = new OperationMeter(latencies, new TestClock());

  @Test
  void timesFromTheCallToTheAnswer() {
    for (int i = 1; i <= 100; i++) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      meter.measure("create", () -> answer);
      nanos.addAndGet(i * 1_000L);
      answer.complete("done");
    }
    Latencies.Latency latency = latencies.of("create");
    assertEquals(100, latency.count());
    assertEquals(50_000.0, (double) latency.medianNanos(), 50.0);
    assertEquals(99_000.0, (double) latency.p99Nanos(), 99.0);
  }

  @Test
  void aLostAnswerIsNoLatency() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    meter.measure("create", () -> answer);
    answer.completeExceptionally(new IllegalStateException("lost"));
    assertTrue(latencies.operations().isEmpty());
  }

  @Test
  void operationsAreKeptApart() {
    meter.measure("create", () -> CompletableFuture.completedFuture(1));
    meter.measure("delete", () -> CompletableFuture.completedFuture(2));
    meter.measure("delete", () -> CompletableFuture.completedFuture(3));
    assertEquals(1, latencies.of("create").count());
    assertEquals(2, latencies.of("delete").count());
  }

  private final class TestClock implements Clock {
    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public long currentTimeMillis() {
      return 0;
    }
  }
}
