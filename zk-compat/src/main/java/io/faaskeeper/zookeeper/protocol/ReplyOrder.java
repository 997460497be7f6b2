package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Puts a connection's answers into the order of their requests, and events to their place among
 * them: an event before every answer that shows what it announces, and after the one that armed its
 * watch.
 *
 * <p>A session calls back in that order by itself, with one gap. While a request is being handed
 * over, its answer may exist already, in the hands of the thread that submits, when another brings
 * an event that came later. An event that meets such a request waits until it is handed over; zxids
 * then tell which was first, since an answer shows everything up to its zxid and nothing beyond.
 *
 * <p>An answer that nothing follows stays {@link #HEAD_START} behind an event. A client hands
 * events to one thread and wakes another with the answer; a ZooKeeper server's packets are so far
 * apart that the first has begun by then, and programs that watch what they write themselves count
 * on it.
 *
 * <p>Thread-safe. Calls the sink under its own lock, and nobody else: a request is submitted
 * between two calls, never within one.
 */
final class ReplyOrder {
  /**
   * As measured between a server's event and the answer to the write that raised it. Who has sent
   * more requests does not wait for this answer alone, and so does not wait.
   */
  static final Duration HEAD_START = Duration.ofNanos(100_000);

  /** The place of one request. */
  static final class Place {
    private final Asked asked;
    private boolean submitted;
    private @Nullable ByteBuffer frame;
    private @Nullable String failure;
    private long zxid;
    private boolean last;

    /** Events that come from now on come after the answer. */
    private boolean due;

    private Place(Asked asked) {
      this.asked = asked;
    }
  }

  private record HeldEvent(long zxid, ByteBuffer frame) {}

  private final FrameSink sink;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Deque<Place> places = new ArrayDeque<>();
  private final Deque<HeldEvent> held = new ArrayDeque<>();
  private @Nullable String endReason;
  private boolean open;
  private boolean ended;

  /** Events that are on their way to the client; and when the last one left. */
  private int unsentEvents;

  private long lastEventNanos;

  /** What lets the answer go that is kept back: the last event when it leaves, or a timer. */
  private boolean sendAwaited;

  private boolean timerRuns;

  ReplyOrder(FrameSink sink, Clock clock, Scheduler scheduler) {
    this.sink = sink;
    this.clock = clock;
    this.scheduler = scheduler;
    this.lastEventNanos = clock.nanoTime() - HEAD_START.toNanos();
  }

  /** The first frame. Events that came before follow it. */
  synchronized void open(ByteBuffer frame) {
    if (!ended) {
      open = true;
      sink.frame(frame);
      proceed();
    }
  }

  /** Takes the next place. Every place is either {@link #submitted} or never answered. */
  synchronized Place take(Asked asked) {
    Place place = new Place(asked);
    places.add(place);
    return place;
  }

  /** The request was handed over: from now on its answer comes in order with the events. */
  synchronized void submitted(Place place) {
    place.submitted = true;
    proceed();
  }

  /**
   * The answer is there.
   *
   * @param zxid up to where it shows
   * @param last whether the connection ends after it
   */
  synchronized void answered(Place place, ByteBuffer frame, long zxid, boolean last) {
    place.frame = frame;
    place.zxid = zxid;
    place.last = last;
    proceed();
  }

  /** No answer will come: in its place the connection is over. */
  synchronized void failed(Place place, String reason) {
    place.failure = reason;
    proceed();
  }

  synchronized void event(long zxid, ByteBuffer frame) {
    held.add(new HeldEvent(zxid, frame));
    proceed();
  }

  /** A frame that has no place: it may overtake. */
  synchronized void apart(ByteBuffer frame) {
    if (open && !ended) {
      sink.frame(frame);
    }
  }

  /** The connection is over; what was answered before still goes out. */
  synchronized void end(String reason) {
    endReason = endReason == null ? reason : endReason;
    proceed();
  }

  /**
   * The connection is over at once, whatever is unanswered, and perhaps before it was open.
   *
   * @param frame tells the client why, or null if it ends without a word
   */
  synchronized void refuse(@Nullable ByteBuffer frame, String reason) {
    if (!ended) {
      if (frame != null) {
        sink.frame(frame);
      }
      finish(reason);
    }
  }

  /** The connection is over, with nobody there to be told. */
  synchronized void cut() {
    ended = true;
    places.clear();
    held.clear();
  }

  /** How long the oldest request has waited for its answer; 0 if there is none. */
  synchronized long oldestWaitNanos(long nowNanos) {
    Place oldest = places.peek();
    return oldest == null ? 0 : nowNanos - oldest.asked.askedNanos();
  }

  /** How many requests have no answer yet. */
  synchronized int unanswered() {
    return places.size();
  }

  private void proceed() {
    if (!open || ended) {
      return;
    }
    Place first;
    while ((first = places.peek()) != null) {
      if (!first.submitted) {
        return;
      }
      if (first.failure != null) {
        finish(first.failure);
        return;
      }
      if (first.frame == null) {
        break;
      }
      if (!first.due) {
        releaseEvents(first.zxid);
        first.due = true;
      }
      if (places.size() == 1 && keepBack()) {
        return;
      }
      places.remove();
      sink.answer(first.asked, first.zxid, first.frame);
      if (first.last) {
        finish("the session's last answer was given");
        return;
      }
    }
    releaseEvents(Long.MAX_VALUE);
    if (endReason != null) {
      finish(endReason);
    }
  }

  private void releaseEvents(long upTo) {
    HeldEvent event;
    while ((event = held.peek()) != null && event.zxid <= upTo) {
      held.remove();
      sink.frame(event.frame);
      unsentEvents++;
      sink.whenSent(this::eventSent);
    }
  }

  private synchronized void eventSent() {
    unsentEvents--;
    lastEventNanos = clock.nanoTime();
    if (sendAwaited && unsentEvents == 0) {
      sendAwaited = false;
      proceed();
    }
  }

  /** Whether the answer that is due has to stay behind for now. */
  private boolean keepBack() {
    if (unsentEvents > 0) {
      sendAwaited = true;
      return true;
    }
    long left = HEAD_START.toNanos() - (clock.nanoTime() - lastEventNanos);
    if (left <= 0) {
      return false;
    }
    if (!timerRuns) {
      timerRuns = true;
      scheduler.schedule(Duration.ofNanos(left), this::timeIsUp);
    }
    return true;
  }

  private synchronized void timeIsUp() {
    timerRuns = false;
    proceed();
  }

  private void finish(String reason) {
    cut();
    sink.end(reason);
  }
}
