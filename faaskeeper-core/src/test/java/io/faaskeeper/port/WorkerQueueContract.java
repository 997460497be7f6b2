package io.faaskeeper.port;

import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link WorkerQueue}, with whatever delivers its messages, must do. To run it on an
 * implementation, extend it and return from {@link #create} an empty queue of two groups or more
 * whose messages go to the consumer, the way they go to the writer: at most ten in a batch, a new
 * batch of a group when the last one is completed, what failed again soon (within seconds), a
 * message that always fails no more after some deliveries.
 */
public abstract class WorkerQueueContract {
  private static final int PATIENCE_SECONDS = 60;

  /** Messages are "group number", and a filling. */
  private final BlockingQueue<String> accepted = new LinkedBlockingQueue<>();

  /** Stands for the writer. */
  public interface Consumer {
    /**
     * Works on one batch of one or several groups.
     *
     * @return the places of the messages that failed, with all that follow in their groups
     */
    CompletionStage<BitSet> process(List<byte[]> messages);
  }

  /** An empty queue, and what delivers from it. */
  protected abstract WorkerQueue create(Consumer consumer);

  @Test
  void aGroupsMessagesAreDeliveredInTheirOrder() {
    WorkerQueue queue = create(batch -> done(accept(batch, m -> true)));
    for (int n = 0; n < 40; n++) {
      send(queue, n % 2, n);
    }

    assertInOrder(40);
  }

  @Test
  void sendsThatAreNotWaitedForKeepTheirOrder() {
    WorkerQueue queue = create(batch -> done(accept(batch, m -> true)));
    List<CompletionStage<Void>> sends =
        IntStream.range(0, 40)
            .mapToObj(n -> queue.send(1, UUID.randomUUID().toString(), message(1, n)))
            .toList();
    sends.forEach(Stages::await);

    assertInOrder(40);
  }

  @Test
  void whatFailedIsDeliveredAgainWithAllThatFollows() {
    Set<String> failed = new HashSet<>();
    WorkerQueue queue =
        create(batch -> done(accept(batch, m -> number(m) % 7 != 3 || !failed.add(m))));
    for (int n = 0; n < 30; n++) {
      send(queue, 0, n);
    }

    assertInOrder(30);
    assertEquals(4, failed.size());
  }

  @Test
  void aBatchWhoseWorkBreaksIsDeliveredAgain() {
    Set<String> failed = new HashSet<>();
    WorkerQueue queue =
        create(
            batch -> {
              String first = text(batch.get(0));
              return failed.add(first)
                  ? CompletableFuture.failedFuture(new IllegalStateException("a test's failure"))
                  : done(accept(batch, m -> true));
            });
    for (int n = 0; n < 5; n++) {
      send(queue, 0, n);
    }

    assertInOrder(5);
  }

  @Test
  void aMessageThatAlwaysFailsIsLostAndTheOthersAreNot() {
    WorkerQueue queue = create(batch -> done(accept(batch, m -> number(m) != 0)));
    send(queue, 0, 0);
    send(queue, 1, 100);
    assertEquals(100, number(next()));
    send(queue, 0, 1);

    // Whether it shares the fate of the first depends on the batch that it came with.
    send(queue, 0, 2);
    for (int n = 3; accepted.peek() == null; n++) {
      sendAndLook(queue, n);
    }

    assertTrue(number(next()) > 0);
  }

  @Test
  void messagesOfOneIdAreOne() {
    WorkerQueue queue = create(batch -> done(accept(batch, m -> true)));
    String id = UUID.randomUUID().toString();
    for (int i = 0; i < 3; i++) {
      await(queue.send(0, id, message(0, 0)));
    }
    send(queue, 0, 1);
    await(queue.send(0, id, message(0, 0)));
    send(queue, 0, 2);

    assertInOrder(3);
  }

  @Test
  void aMessageOfAnySizeArrivesWhole() {
    BlockingQueue<byte[]> whole = new LinkedBlockingQueue<>();
    WorkerQueue queue =
        create(
            batch -> {
              whole.addAll(batch);
              return done(new BitSet());
            });
    for (int size : new int[] {1, 1000, 200_000, 300_000, 1 << 20, 1_300_000}) {
      byte[] message = Samples.data(size, size);

      await(queue.send(0, UUID.randomUUID().toString(), message));

      assertArrayEquals(message, poll(whole));
    }
  }

  @Test
  void aGroupHasOneBatchAtATimeAndWhatArrivesMeanwhileIsTheNext() {
    CompletableFuture<BitSet> first = new CompletableFuture<>();
    BlockingQueue<List<byte[]>> batches = new LinkedBlockingQueue<>();
    WorkerQueue queue =
        create(
            batch -> {
              batches.add(batch);
              BitSet none = accept(batch, m -> true);
              return first.isDone() ? done(none) : first;
            });
    send(queue, 0, 0);
    List<byte[]> blocked = poll(batches);
    for (int n = 1; n < 26; n++) {
      send(queue, 0, n);
    }
    assertEquals(1, blocked.size());
    assertEquals(0, batches.size());

    first.complete(new BitSet());

    assertInOrder(26);
    batches.forEach(batch -> assertTrue(batch.size() <= 10, () -> "a batch of " + batch.size()));
    assertTrue(batches.size() < 25, "no batch of more than one");
  }

  @Test
  void aBlockedGroupBlocksNoOther() {
    CompletableFuture<BitSet> blocked = new CompletableFuture<>();
    WorkerQueue queue =
        create(
            batch -> {
              BitSet none = accept(batch, m -> true);
              return text(batch.get(0)).startsWith("0") ? blocked : done(none);
            });
    send(queue, 0, 0);
    assertEquals(0, number(next()));

    send(queue, 1, 1);

    assertEquals(1, number(next()));
    blocked.complete(new BitSet());
  }

  private BitSet accept(List<byte[]> batch, Predicate<String> succeeds) {
    BitSet failed = new BitSet();
    Set<String> failedGroups = new HashSet<>();
    for (int i = 0; i < batch.size(); i++) {
      String message = text(batch.get(i));
      String group = message.substring(0, message.indexOf(' '));
      if (failedGroups.contains(group) || !succeeds.test(message)) {
        failedGroups.add(group);
        failed.set(i);
      } else {
        accepted.add(message);
      }
    }
    return failed;
  }

  /** Checks that the numbers from 0 were accepted, each once, those of each group in order. */
  private void assertInOrder(int count) {
    List<List<Integer>> byGroup = List.of(new ArrayList<>(), new ArrayList<>());
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < count; i++) {
      String message = next();
      assertTrue(all.add(number(message)), () -> message + " twice");
      byGroup.get(message.charAt(0) - '0').add(number(message));
    }
    for (List<Integer> numbers : byGroup) {
      assertEquals(numbers.stream().sorted().toList(), numbers);
    }
    assertEquals(IntStream.range(0, count).boxed().toList(), all.stream().sorted().toList());
  }

  private void sendAndLook(WorkerQueue queue, int n) {
    send(queue, 0, n);
    try {
      String one = accepted.poll(1, TimeUnit.SECONDS);
      if (one != null) {
        accepted.add(one);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    assertTrue(n < PATIENCE_SECONDS, "the group is blocked for ever");
  }

  private String next() {
    return poll(accepted);
  }

  private static <T> T poll(BlockingQueue<T> from) {
    try {
      T one = from.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertNotNull(one, "not delivered");
      return one;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void send(WorkerQueue queue, int group, int number) {
    await(queue.send(group, UUID.randomUUID().toString(), message(group, number)));
  }

  private static byte[] message(int group, int number) {
    return (group + " " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] message) {
    return new String(message, StandardCharsets.UTF_8);
  }

  private static int number(String message) {
    return Integer.parseInt(message.substring(message.indexOf(' ') + 1));
  }

  private static CompletionStage<BitSet> done(BitSet failed) {
    return CompletableFuture.completedFuture(failed);
  }
}
