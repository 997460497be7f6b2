package io.faaskeeper.memory;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Race;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How a queue without a thread works. Messages are numbers. */
class MemoryQueueTest {
  private static final Duration DELAY = Lane.REDELIVERY_DELAY;

  private final VirtualTime time = new VirtualTime();
  private final List<List<Integer>> batches = new ArrayList<>();
  private int ids;

  @Test
  void anIdleQueueWorksOnTheSendersThread() {
    List<Thread> threads = new ArrayList<>();
    MemoryQueue queue =
        queue(
            batch -> {
              threads.add(Thread.currentThread());
              return done();
            });

    send(queue, 1);

    assertEquals(List.of(Thread.currentThread()), threads);
    assertEquals(List.of(List.of(1)), batches);
  }

  @Test
  void whatIsSentFromInsideIsTheNextBatch() {
    AtomicBoolean inside = new AtomicBoolean();
    AtomicBoolean recursed = new AtomicBoolean();
    List<MemoryQueue> self = new ArrayList<>();
    self.add(
        queue(
            batch -> {
              if (inside.getAndSet(true)) {
                recursed.set(true);
              }
              int number = batch.get(0);
              if (number < 3) {
                send(self.get(0), 10 * number + 5);
                send(self.get(0), number + 1);
              }
              inside.set(false);
              return done();
            }));

    send(self.get(0), 1);

    assertEquals(List.of(List.of(1), List.of(15, 2)), batches);
    assertFalse(recursed.get());
  }

  @Test
  void whatWaitsWhileABatchIsInProgressIsTakenTenAtATime() {
    CompletableFuture<BitSet> first = new CompletableFuture<>();
    MemoryQueue queue = queue(batch -> batches.size() == 1 ? first : done());
    for (int i = 0; i < 24; i++) {
      send(queue, i);
    }
    assertEquals(1, batches.size());

    first.complete(new BitSet());

    assertEquals(List.of(range(0, 1), range(1, 11), range(11, 21), range(21, 24)), batches);
  }

  @Test
  void whatFailedComesAgainAheadOfWhatWasSentSince() {
    CompletableFuture<BitSet> first = new CompletableFuture<>();
    MemoryQueue queue =
        queue(
            batch ->
                switch (batches.size()) {
                  case 1 -> first;
                  case 2 -> failed(1, 3);
                  default -> done();
                });
    range(0, 6).forEach(i -> send(queue, i));
    first.complete(new BitSet());
    send(queue, 6);
    assertEquals(List.of(range(0, 1), range(1, 6)), batches);

    time.advance(DELAY.minusNanos(1));
    assertEquals(2, batches.size());
    time.advance(Duration.ofNanos(1));

    assertEquals(List.of(range(0, 1), range(1, 6), range(2, 7)), batches);
  }

  @Test
  void aMessageThatFailsTenTimesIsDropped() {
    CompletableFuture<BitSet> first = new CompletableFuture<>();
    MemoryQueue queue =
        queue(batch -> batches.size() == 1 ? first : batch.get(0) == 1 ? failed(0) : done());
    range(0, 4).forEach(i -> send(queue, i));
    first.complete(new BitSet());

    time.advance(DELAY.multipliedBy(8));
    assertEquals(10, batches.size());
    time.advance(DELAY);
    assertEquals(List.of(1, 2, 3), batches.get(10));
    time.advance(DELAY);

    assertEquals(List.of(2, 3), batches.get(11));
    time.advance(Duration.ofHours(1));
    assertEquals(12, batches.size());
  }

  @Test
  void oneMessagesFailuresDoNotCountForAnother() {
    MemoryQueue queue = queue(batch -> batches.size() % 6 == 0 ? done() : failed(0));
    send(queue, 1);
    time.advance(Duration.ofHours(1));
    assertEquals(6, batches.size());

    send(queue, 2);
    time.advance(Duration.ofHours(1));

    assertEquals(12, batches.size());
  }

  @Test
  void failuresAreNotCountedForTheMessageThatFailsNext() {
    CompletableFuture<BitSet> first = new CompletableFuture<>();
    MemoryQueue queue =
        queue(
            batch ->
                switch (batches.size()) {
                  case 1 -> first;
                  case 2, 3, 4, 5, 6, 7, 8, 9, 10 -> failed(0);
                  case 11 -> failed(1);
                  default -> done();
                });
    range(0, 3).forEach(i -> send(queue, i));
    first.complete(new BitSet());

    time.advance(Duration.ofHours(1));

    assertEquals(List.of(1, 2), batches.get(10));
    assertEquals(List.of(2), batches.get(11));
    assertEquals(12, batches.size());
  }

  @Test
  void aConsumerThatThrowsIsCalledAgain() {
    MemoryQueue queue =
        queue(
            batch -> {
              if (batches.size() == 1) {
                throw new IllegalStateException("a test's failure");
              }
              return done();
            });
    send(queue, 1);

    time.advance(DELAY);

    assertEquals(List.of(List.of(1), List.of(1)), batches);
  }

  @Test
  void aLongTurnIsHandedToTheScheduler() {
    List<MemoryQueue> self = new ArrayList<>();
    self.add(
        queue(
            batch -> {
              if (batch.get(0) < 120) {
                send(self.get(0), batch.get(0) + 1);
              }
              return done();
            }));

    send(self.get(0), 1);
    assertEquals(100, batches.size());

    time.runDue();
    assertEquals(120, batches.size());
  }

  @Test
  void anIdCountsForFiveMinutes() {
    MemoryQueue queue = queue(batch -> done());
    await(queue.send(0, "id", message(1)));
    time.advance(Duration.ofMinutes(5));
    await(queue.send(0, "id", message(2)));
    time.advance(Duration.ofNanos(1));
    await(queue.send(0, "id", message(3)));

    assertEquals(List.of(List.of(1), List.of(3)), batches);
  }

  @Test
  void idsAreRememberedUpToABound() {
    RecentIds recent = new RecentIds(time, 3);

    assertTrue(recent.add("a"));
    assertTrue(recent.add("b"));
    assertTrue(recent.add("c"));
    assertFalse(recent.add("b"));
    assertTrue(recent.add("d"));
    assertFalse(recent.add("c"));
    assertTrue(recent.add("a"));
  }

  @Test
  void sendersOnManyThreadsKeepTheirOrders() {
    int senders = 4;
    int each = 3000;
    List<ConcurrentLinkedQueue<Integer>> received =
        List.of(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    List<AtomicBoolean> busy = List.of(new AtomicBoolean(), new AtomicBoolean());
    AtomicBoolean twoAtOnce = new AtomicBoolean();
    List<Runnable> handedOver = new ArrayList<>();
    MemoryQueue queue =
        new MemoryQueue(
            2,
            (group, messages) -> {
              if (busy.get(group).getAndSet(true)) {
                twoAtOnce.set(true);
              }
              messages.forEach(m -> received.get(group).add(number(m)));
              busy.get(group).set(false);
              return done();
            },
            Clock.SYSTEM,
            (delay, task) -> {
              synchronized (handedOver) {
                handedOver.add(task);
              }
              return () -> {};
            });

    Race.run(
        senders,
        s -> {
          for (int i = 0; i < each; i++) {
            await(queue.send(s % 2, s + " " + i, message(s * each + i)));
          }
          return true;
        });
    // What a long turn left is in the scheduler's hands; there may be some of each group.
    while (!handedOver.isEmpty()) {
      handedOver.remove(0).run();
    }

    assertFalse(twoAtOnce.get());
    for (int group = 0; group < 2; group++) {
      assertEquals(senders / 2 * each, received.get(group).size());
      int[] last = new int[senders];
      for (int number : received.get(group)) {
        int sender = number / each;
        assertTrue(last[sender] <= number % each, "out of order");
        last[sender] = number % each;
      }
    }
  }

  private MemoryQueue queue(Function<List<Integer>, CompletionStage<BitSet>> consumer) {
    return new MemoryQueue(
        1,
        (group, messages) -> {
          List<Integer> batch = messages.stream().map(MemoryQueueTest::number).toList();
          batches.add(batch);
          return consumer.apply(batch);
        },
        time,
        time);
  }

  private void send(MemoryQueue queue, int number) {
    await(queue.send(0, "id " + ids++, message(number)));
  }

  private static byte[] message(int number) {
    return new byte[] {(byte) number, (byte) (number >> 8)};
  }

  private static int number(byte[] message) {
    return (message[0] & 0xff) + ((message[1] & 0xff) << 8);
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static CompletionStage<BitSet> done() {
    return CompletableFuture.completedFuture(new BitSet());
  }

  private static CompletionStage<BitSet> failed(int... places) {
    BitSet failed = new BitSet();
    for (int place : places) {
      failed.set(place);
    }
    return CompletableFuture.completedFuture(failed);
  }
}
