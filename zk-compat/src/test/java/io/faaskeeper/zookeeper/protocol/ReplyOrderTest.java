package io.faaskeeper.zookeeper.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplyOrderTest {
  private final Deque<Runnable> unsent = new ArrayDeque<>();
  private boolean slow;
  private final StringBuilder out = new StringBuilder();
  private final FrameSink sink =
      new FrameSink() {
        @Override
        public void frame(ByteBuffer frame) {
          out.append(StandardCharsets.UTF_8.decode(frame)).append(' ');
        }

        @Override
        public void whenSent(Runnable task) {
          if (slow) {
            unsent.add(task);
          } else {
            task.run();
          }
        }

        @Override
        public void end(String reason) {
          out.append("end:").append(reason);
        }
      };
  private final VirtualTime time = new VirtualTime();
  private final ReplyOrder order = new ReplyOrder(sink, time, time);

  @BeforeEach
  void open() {
    order.open(frame("connected"));
  }

  @Test
  void answersComeInTheOrderOfTheirRequests() {
    ReplyOrder.Place first = submitted();
    ReplyOrder.Place second = submitted();
    order.answered(second, frame("second"), 2, false);
    order.answered(first, frame("first"), 1, false);
    assertEquals("connected first second ", out.toString());
  }

  @Test
  void anEventPassesAnUnansweredRequest() {
    ReplyOrder.Place place = submitted();
    order.event(9, frame("event"));
    order.answered(place, frame("answer"), 9, false);
    time.advance(ReplyOrder.HEAD_START);
    assertEquals("connected event answer ", out.toString());
  }

  @Test
  void anEventHasAHeadStartBeforeTheAnswerBehindIt() {
    ReplyOrder.Place place = submitted();
    order.event(9, frame("event"));
    order.answered(place, frame("answer"), 9, false);
    time.advance(ReplyOrder.HEAD_START.minusNanos(1));
    assertEquals("connected event ", out.toString());
    time.advance(Duration.ofNanos(1));
    assertEquals("connected event answer ", out.toString());
  }

  @Test
  void theHeadStartBeginsWhenTheEventLeaves() {
    slow = true;
    ReplyOrder.Place place = submitted();
    order.event(8, frame("one"));
    order.event(9, frame("two"));
    order.answered(place, frame("answer"), 9, false);
    time.advance(ReplyOrder.HEAD_START.multipliedBy(9));
    unsent.remove().run();
    time.advance(ReplyOrder.HEAD_START.multipliedBy(9));
    assertEquals("connected one two ", out.toString());
    unsent.remove().run();
    time.advance(ReplyOrder.HEAD_START.minusNanos(1));
    assertEquals("connected one two ", out.toString());
    time.advance(Duration.ofNanos(1));
    assertEquals("connected one two answer ", out.toString());
  }

  @Test
  void anAnswerLongAfterAnEventComesAtOnce() {
    ReplyOrder.Place place = submitted();
    order.event(9, frame("event"));
    time.advance(ReplyOrder.HEAD_START);
    order.answered(place, frame("answer"), 9, false);
    assertEquals("connected event answer ", out.toString());
  }

  @Test
  void whoHasSentMoreDoesNotWaitForTheHeadStartOfAnEvent() {
    ReplyOrder.Place first = submitted();
    ReplyOrder.Place second = submitted();
    order.event(9, frame("event"));
    order.answered(first, frame("first"), 9, false);
    assertEquals("connected event first ", out.toString());
    order.answered(second, frame("second"), 9, false);
    assertEquals("connected event first ", out.toString());
    submitted();
    assertEquals("connected event first second ", out.toString());
    time.advance(ReplyOrder.HEAD_START);
    assertEquals("connected event first second ", out.toString());
  }

  @Test
  void anEventThatComesDuringAHeadStartComesAfterTheAnswer() {
    ReplyOrder.Place place = submitted();
    order.event(8, frame("one"));
    order.answered(place, frame("answer"), 9, false);
    time.advance(ReplyOrder.HEAD_START.minusNanos(1));
    order.event(10, frame("later"));
    time.advance(Duration.ofNanos(1));
    assertEquals("connected one answer later ", out.toString());
  }

  @Test
  void anEventOfTheNextRequestDoesNotPassAnAnswerThatIsKeptBack() {
    ReplyOrder.Place first = submitted();
    order.event(8, frame("event"));
    order.answered(first, frame("first"), 8, false);
    ReplyOrder.Place second = order.take(new Asked(2, 101, 0));
    order.event(-1, frame("missed"));
    order.answered(second, frame("second"), 8, false);
    order.submitted(second);
    time.advance(ReplyOrder.HEAD_START);
    assertEquals("connected event first missed second ", out.toString());
  }

  @Test
  void aConnectionThatIsCutDuringAHeadStartDeliversNothing() {
    ReplyOrder.Place place = submitted();
    order.event(9, frame("event"));
    order.answered(place, frame("answer"), 9, false);
    order.cut();
    time.advance(ReplyOrder.HEAD_START);
    assertEquals("connected event ", out.toString());
  }

  @Test
  void anEventDuringASubmissionComesAfterTheAnswerThatArmedItsWatch() {
    ReplyOrder.Place place = order.take(new Asked(1, 4, 0));
    order.answered(place, frame("answer"), 5, false);
    order.event(6, frame("event"));
    order.submitted(place);
    assertEquals("connected answer event ", out.toString());
  }

  @Test
  void anEventDuringASubmissionComesBeforeTheAnswerThatShowsIt() {
    ReplyOrder.Place place = order.take(new Asked(1, 4, 0));
    order.event(5, frame("event"));
    order.event(-1, frame("missed"));
    order.answered(place, frame("answer"), 5, false);
    order.event(6, frame("later"));
    order.submitted(place);
    time.advance(ReplyOrder.HEAD_START);
    assertEquals("connected event missed answer later ", out.toString());
  }

  @Test
  void anEventDuringASubmissionIsNotHeldByARequestThatStaysUnanswered() {
    ReplyOrder.Place place = order.take(new Asked(1, 4, 0));
    order.event(5, frame("event"));
    assertEquals("connected ", out.toString());
    order.submitted(place);
    assertEquals("connected event ", out.toString());
  }

  @Test
  void anEventPassesASubmissionBehindAnUnansweredRequest() {
    submitted();
    order.take(new Asked(1, 4, 0));
    order.event(5, frame("event"));
    assertEquals("connected event ", out.toString());
  }

  @Test
  void theEndComesAfterWhatWasAnswered() {
    ReplyOrder.Place place = order.take(new Asked(1, 4, 0));
    order.answered(place, frame("answer"), 5, false);
    order.end("over");
    assertEquals("connected ", out.toString());
    order.submitted(place);
    assertEquals("connected answer end:over", out.toString());
  }

  @Test
  void aRequestWithoutAnAnswerEndsTheConnectionInItsTurn() {
    ReplyOrder.Place first = submitted();
    ReplyOrder.Place second = submitted();
    order.failed(second, "lost");
    order.answered(first, frame("first"), 5, false);
    assertEquals("connected first end:lost", out.toString());
  }

  @Test
  void nothingFollowsTheLastAnswer() {
    ReplyOrder.Place first = submitted();
    ReplyOrder.Place second = submitted();
    order.answered(first, frame("first"), 5, true);
    order.answered(second, frame("second"), 5, false);
    order.event(6, frame("event"));
    order.apart(frame("ping"));
    assertTrue(out.toString().startsWith("connected first end:"), out::toString);
    assertEquals(1, out.toString().split("end:", -1).length - 1);
  }

  @Test
  void eventsBeforeTheOpeningFollowIt() {
    StringBuilder before = new StringBuilder();
    RecordingSink other = new RecordingSink();
    ReplyOrder unopened = new ReplyOrder(other, time, time);
    unopened.event(3, frame("event"));
    unopened.apart(frame("ping"));
    assertTrue(other.isEmpty());
    unopened.end("over");
    assertNull(other.end);
    unopened.open(frame("connected"));
    before.append(StandardCharsets.UTF_8.decode(other.next()));
    before.append(StandardCharsets.UTF_8.decode(other.next()));
    assertEquals("connectedevent", before.toString());
    assertEquals("over", other.end);
  }

  @Test
  void aCutConnectionDeliversNothing() {
    ReplyOrder.Place place = submitted();
    order.cut();
    order.answered(place, frame("answer"), 5, false);
    order.event(6, frame("event"));
    order.end("over");
    assertEquals("connected ", out.toString());
  }

  @Test
  void theOldestRequestTellsHowLongItWaits() {
    assertEquals(0, order.oldestWaitNanos(100));
    ReplyOrder.Place first = order.take(new Asked(1, 4, 10));
    order.submitted(first);
    order.submitted(order.take(new Asked(1, 4, 30)));
    assertEquals(90, order.oldestWaitNanos(100));
    order.answered(first, frame("first"), 1, false);
    assertEquals(70, order.oldestWaitNanos(100));
  }

  private ReplyOrder.Place submitted() {
    ReplyOrder.Place place = order.take(new Asked(1, 4, 0));
    order.submitted(place);
    return place;
  }

  private static ByteBuffer frame(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
