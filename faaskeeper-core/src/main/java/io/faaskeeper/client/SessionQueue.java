package io.faaskeeper.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session in their order, and which of them may run. Those that run are always
 * the first ones, and of one kind: a run of reads, a run of writes, or one that is alone. So a
 * write is sent when the session's earlier reads are answered, and a read starts when its earlier
 * writes are. Not thread-safe.
 */
final class SessionQueue {
  static final int READS_IN_FLIGHT_MAX = 64;
  static final int WRITES_IN_FLIGHT_MAX = 1_000;

  private final Deque<Turn> running = new ArrayDeque<>();
  private final Deque<Turn> waiting = new ArrayDeque<>();

  void add(Turn turn) {
    waiting.add(turn);
  }

  int size() {
    return running.size() + waiting.size();
  }

  /** The first of those that run. */
  @Nullable Turn head() {
    return running.peek();
  }

  /** Whether something runs for which the view stands still. */
  boolean viewHeld() {
    Turn head = running.peek();
    return head != null && head.kind.holdsView();
  }

  /** The next that may run beside those that do, or null. */
  @Nullable Turn startable() {
    Turn next = waiting.peek();
    Turn last = running.peekLast();
    if (next == null || last == null) {
      return next;
    }
    boolean together =
        switch (last.kind) {
          case READ -> next.kind == Turn.Kind.READ && running.size() < READS_IN_FLIGHT_MAX;
          case WRITE -> next.kind.isWrite() && running.size() < WRITES_IN_FLIGHT_MAX;
          case LAST_WRITE, SYNC, ALONE -> false;
        };
    return together ? next : null;
  }

  /** The one that {@link #startable} told runs now. */
  void started(Turn turn) {
    if (waiting.poll() != turn) {
      throw new IllegalStateException("not the next one: " + turn.request);
    }
    turn.state = Turn.State.RUNNING;
    running.add(turn);
  }

  /** The head was told its answer. */
  void finished(Turn turn) {
    if (running.poll() != turn) {
      throw new IllegalStateException("not the first one: " + turn.request);
    }
  }

  /** All but the head wait again. */
  void redoAllButHead() {
    while (running.size() > 1) {
      Turn turn = running.removeLast();
      if (turn.operation != null) {
        turn.operation.cancel();
        turn.operation = null;
      }
      turn.state = Turn.State.WAITING;
      waiting.addFirst(turn);
    }
  }

  /** The write that runs under this sequence number, or null. */
  @Nullable Turn write(long seq) {
    Turn head = running.peek();
    if (head == null
        || !head.kind.isWrite()
        || seq < head.seq
        || seq >= head.seq + running.size()) {
      return null;
    }
    for (Turn turn : running) {
      if (turn.seq == seq) {
        return turn;
      }
    }
    return null;
  }

  /** Takes all out, in their order. */
  List<Turn> clear() {
    List<Turn> all = new ArrayList<>(running);
    all.addAll(waiting);
    running.clear();
    waiting.clear();
    return all;
  }
}
