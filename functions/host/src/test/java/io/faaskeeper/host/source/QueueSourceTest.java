package io.faaskeeper.host.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.lambda.InvocationResult.Failed;
import io.faaskeeper.host.lambda.InvocationResult.Returned;
import io.faaskeeper.host.lambda.InvocationResult.Throttled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueueSourceTest {
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final FakeQueue queue = new FakeQueue();

  @AfterEach
  void stop() {
    timers.shutdownNow();
  }

  @Test
  void whatDidNotFailIsDeleted() {
    start(new Returned(json("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}")));
    queue.deliver("a", "b", "c");

    assertEquals(List.of("handle of a", "handle of c"), List.copyOf(queue.deleted));
  }

  @Test
  void answerThatSaysNothingIsASuccess() {
    start(new Returned(json("null")));
    queue.deliver("a", "b");

    assertEquals(List.of("handle of a", "handle of b"), List.copyOf(queue.deleted));
  }

  @Test
  void answerThatNamesNoMessageOfTheBatchIsAFailure() {
    start(new Returned(json("{\"batchItemFailures\":[{\"itemIdentifier\":\"z\"}]}")));
    queue.deliver("a");

    assertEquals(List.of(), List.copyOf(queue.deleted));
  }

  @Test
  void answerThatCannotBeReadIsAFailure() {
    start(new Returned(json("{\"batch")));
    queue.deliver("a");

    assertEquals(List.of(), List.copyOf(queue.deleted));
  }

  @Test
  void failureAndThrottlingLeaveTheBatchToTheQueueAndThePollerGoesOn() {
    start(new Failed(json("{}")), new Throttled(), new Returned(json("{}")));
    queue.deliver("a");
    queue.deliver("b");
    queue.deliver("c");

    assertEquals(List.of("handle of c"), List.copyOf(queue.deleted));
  }

  @Test
  void pollerGoesOnAfterAnError() throws Exception {
    start(new Returned(json("{}")));
    queue.polls.remove().completeExceptionally(new IllegalStateException("no network"));

    queue.nextPoll.join();
    queue.deliver("a");
    assertEquals("handle of a", queue.deleted.take());
  }

  @Test
  void closedSourceReceivesNoMore() {
    QueueSource source = start(new Returned(json("{}")));
    source.close();
    queue.deliver("a");

    assertEquals(List.of(), List.copyOf(queue.deleted));
    assertEquals(0, queue.polls.size());
  }

  private QueueSource start(InvocationResult... results) {
    Queue<InvocationResult> answers = new ArrayDeque<>(List.of(results));
    QueueSource source =
        new QueueSource(
            queue,
            messages -> new byte[0],
            payload -> CompletableFuture.completedStage(answers.remove()),
            timers);
    source.start(1);
    return source;
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class FakeQueue implements MessageQueue {
    final Queue<CompletableFuture<List<QueueMessage>>> polls = new ArrayDeque<>();
    final BlockingQueue<String> deleted = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> nextPoll = new CompletableFuture<>();
    private boolean polled;

    @Override
    public CompletionStage<List<QueueMessage>> receive(int max) {
      CompletableFuture<List<QueueMessage>> poll = new CompletableFuture<>();
      polls.add(poll);
      if (polled) {
        nextPoll.complete(null);
      }
      polled = true;
      return poll;
    }

    @Override
    public CompletionStage<Void> delete(List<String> receiptHandles) {
      deleted.addAll(receiptHandles);
      return CompletableFuture.completedStage(null);
    }

    void deliver(String... ids) {
      polls
          .remove()
          .complete(
              List.of(ids).stream()
                  .map(id -> new QueueMessage(id, "handle of " + id, "", "", Map.of()))
                  .toList());
    }
  }
}
