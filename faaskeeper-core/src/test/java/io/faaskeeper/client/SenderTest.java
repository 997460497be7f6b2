package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.port.WorkerQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SenderTest {
  private static final int GROUPS = 3;

  private final VirtualTime time = new VirtualTime();
  private final ProcessIdentity identity = ProcessIdentity.random(new Random(1));
  private final Queue worker = new Queue();
  private final Sender sender =
      new Sender(
          new RunQueue(time, time, error -> {}),
          worker,
          identity,
          "memory:1",
          ClientOptions.DEFAULTS);
  private int gaveUp;

  /** What was sent, and not answered by the queue until a test says so. */
  private static final class Queue implements WorkerQueue {
    final List<Sent> sent = new ArrayList<>();

    @Override
    public int groups() {
      return GROUPS;
    }

    @Override
    public CompletionStage<Void> send(int group, String id, byte[] message) {
      Sent one = new Sent(group, id, message, new CompletableFuture<>());
      sent.add(one);
      return one.result;
    }

    Sent last() {
      return sent.get(sent.size() - 1);
    }
  }

  private record Sent(int group, String id, byte[] message, CompletableFuture<Void> result) {}

  private List<Long> seqs(Sent sent) {
    RequestMessage message =
        Codec.decodeMessage(Seal.open(identity.secret(), Seal.Direction.TO_WRITER, sent.message));
    assertEquals(identity.name(), message.process());
    return message.requests().stream().map(r -> ((Request.OfSession) r).seq()).toList();
  }

  private Outgoing send(long seq) {
    return send(seq, 10);
  }

  private Outgoing send(long seq, int bytes) {
    return sender.send(
        new Request.OfSession(
            1, 1, seq, List.of(), new Operation.SetData("/a", new byte[bytes], -1)),
        () -> {
          gaveUp++;
          return false;
        });
  }

  private void pass(int millis) {
    time.advance(Duration.ofMillis(millis));
  }

  @Test
  void oneMessageIsOnItsWayAndWhatComesMeanwhileGoesIntoTheNext() {
    send(1);
    send(2);
    send(3);
    assertEquals(1, worker.sent.size());
    worker.last().result.complete(null);
    assertEquals(2, worker.sent.size());
    assertEquals(List.of(1L), seqs(worker.sent.get(0)));
    assertEquals(List.of(2L, 3L), seqs(worker.sent.get(1)));
    assertNotEquals(worker.sent.get(0).id, worker.sent.get(1).id);
  }

  @Test
  void messagesAreBounded() {
    send(1);
    LongStream.rangeClosed(2, 150).forEach(this::send);
    worker.last().result.complete(null);
    assertEquals(100, seqs(worker.last()).size());
    worker.last().result.complete(null);
    assertEquals(49, seqs(worker.last()).size());
    worker.last().result.complete(null);
    send(151, 100 << 10);
    send(152, 100 << 10);
    send(153, 300 << 10);
    worker.last().result.complete(null);
    assertEquals(List.of(152L), seqs(worker.last()));
    worker.last().result.complete(null);
    assertEquals(List.of(153L), seqs(worker.last()), "a large one goes alone");
  }

  @Test
  void aFailedSendIsRepeatedUnderTheSameId() {
    send(1);
    send(2);
    Sent first = worker.last();
    first.result.completeExceptionally(new IllegalStateException("injected"));
    pass(60);
    Sent second = worker.last();
    assertEquals(2, worker.sent.size());
    assertEquals(first.id, second.id);
    assertEquals(first.group, second.group);
    assertEquals(List.of(1L), seqs(second));
  }

  @Test
  void whatIsNotAnsweredGoesAllToTheNextGroupAndLaterRequestsFollow() {
    Outgoing one = send(1);
    worker.last().result.complete(null);
    send(2);
    worker.last().result.complete(null);
    int group = worker.last().group;
    sender.answered(one);
    pass(1_500);
    send(3);
    worker.last().result.complete(null);
    pass(400);
    assertEquals(3, worker.sent.size());
    pass(200);
    assertEquals(4, worker.sent.size());
    Sent again = worker.last();
    assertEquals((group + 1) % GROUPS, again.group);
    assertEquals(List.of(2L, 3L), seqs(again));
    assertFalse(again.id.equals(worker.sent.get(1).id));
    again.result.complete(null);
    send(4);
    assertEquals((group + 1) % GROUPS, worker.last().group);
    assertEquals(List.of(4L), seqs(worker.last()));
  }

  @Test
  void itIsSentAgainAfterTwoFourAndEightSecondsAndThenGivenUp() {
    send(1);
    List<Long> at = new ArrayList<>();
    int seen = 1;
    for (int millis = 0; millis < 30_000; millis += 100) {
      worker.last().result.complete(null);
      if (worker.sent.size() > seen) {
        seen = worker.sent.size();
        at.add(time.nanoTime() / 1_000_000_000L);
      }
      pass(100);
    }
    assertEquals(List.of(2L, 6L, 14L), at);
    assertEquals(1, gaveUp);
    assertEquals(22_000, ClientOptions.DEFAULTS.patienceMillis());
  }

  @Test
  void aYoungRequestIsSentAgainAfterTwoSecondsWhileAnOldOneWaitsForLonger() {
    send(1);
    worker.last().result.complete(null);
    pass(2_100);
    assertEquals(2, worker.sent.size());
    worker.last().result.complete(null);
    pass(100);
    send(2);
    worker.last().result.complete(null);
    pass(2_100);
    assertEquals(List.of(1L, 2L), seqs(worker.last()));
  }

  @Test
  void stoppedWhileItWaitsToRepeatASendItSendsWhatIsLeftOnce() {
    send(1);
    sender.sendOnce(new Request.Suspicion("p", 1, 0));
    worker.last().result.completeExceptionally(new IllegalStateException("no network"));
    CompletableFuture<Void> flushed = sender.stop().toCompletableFuture();
    pass(1_000);
    assertEquals(2, worker.sent.size());
    assertFalse(flushed.isDone());
    worker.last().result.complete(null);
    assertTrue(flushed.isDone());
  }

  @Test
  void aSendThatHangsDoesNotHoldUpTheOthers() {
    send(1);
    send(2);
    pass(2_100);
    assertEquals(2, worker.sent.size());
    assertEquals(List.of(1L, 2L), seqs(worker.last()));
    worker.sent.get(0).result.complete(null);
    send(3);
    assertEquals(2, worker.sent.size(), "the old one's end is not the new one's");
    worker.last().result.complete(null);
    assertEquals(List.of(3L), seqs(worker.last()));
  }

  @Test
  void whatNeedsNoAnswerIsSentOnceEvenWhenTheRestMovesOn() {
    sender.sendOnce(new Request.Suspicion("p", 1, 2));
    worker.last().result.complete(null);
    pass(10_000);
    assertEquals(1, worker.sent.size());
    send(1);
    sender.sendOnce(new Request.Suspicion("q", 1, 2));
    pass(2_100);
    RequestMessage last =
        Codec.decodeMessage(
            Seal.open(identity.secret(), Seal.Direction.TO_WRITER, worker.last().message));
    assertEquals(2, last.requests().size());
  }

  @Test
  void whenItStopsItSendsWhatNeedsNoAnswer() {
    send(1);
    sender.sendOnce(new Request.Suspicion("p", 1, 0));
    CompletableFuture<Void> stopped = sender.stop().toCompletableFuture();
    worker.last().result.complete(null);
    assertEquals(2, worker.sent.size());
    assertFalse(stopped.isDone());
    worker.last().result.complete(null);
    assertEquals(true, stopped.isDone());
    pass(30_000);
    assertEquals(2, worker.sent.size());
    assertEquals(0, gaveUp);
  }
}
