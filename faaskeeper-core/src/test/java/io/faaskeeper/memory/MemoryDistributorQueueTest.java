package io.faaskeeper.memory;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryDistributorQueueTest {
  private final VirtualTime time = new VirtualTime();
  private final List<Long> runs = new ArrayList<>();

  @Test
  void wakeUpsDuringARunAreTakenTogether() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    MemoryDistributorQueue queue =
        new MemoryDistributorQueue(
            record -> {
              runs.add(record);
              return runs.size() == 1 ? first : CompletableFuture.completedFuture(null);
            },
            time);
    for (long record = 3; record < 30; record++) {
      await(queue.wake(record));
    }
    await(queue.wake(2));
    assertEquals(List.of(3L), runs);

    first.complete(null);

    assertEquals(List.of(3L, 29L), runs);
  }

  @Test
  void aRunThatFailsIsRepeatedTenTimesInAll() {
    MemoryDistributorQueue queue =
        new MemoryDistributorQueue(
            record -> {
              runs.add(record);
              return CompletableFuture.failedFuture(new IllegalStateException("a test's failure"));
            },
            time);

    await(queue.wake(3));
    assertEquals(List.of(3L), runs);
    time.advance(Lane.REDELIVERY_DELAY);
    assertEquals(List.of(3L, 3L), runs);
    time.advance(Duration.ofHours(1));

    assertEquals(Lane.MAX_DELIVERIES, runs.size());
  }
}
