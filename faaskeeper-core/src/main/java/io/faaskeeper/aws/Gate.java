package io.faaskeeper.aws;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets a bounded number of calls through at once; the others wait in their order, and their
 * attempts' time-outs begin when it is their turn. Thread-safe.
 */
final class Gate {
  private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private int free;

  Gate(int atOnce) {
    this.free = atOnce;
  }

  /** Begins the call now, or when one before it has ended. A call that throws has failed. */
  <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> call) {
    return turn().thenCompose(go -> call.get()).whenComplete((result, failure) -> leave());
  }

  private synchronized CompletableFuture<Void> turn() {
    CompletableFuture<Void> turn = new CompletableFuture<>();
    if (free > 0) {
      free--;
      turn.complete(null);
    } else {
      waiting.add(turn);
    }
    return turn;
  }

  private void leave() {
    CompletableFuture<Void> next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        free++;
      }
    }
    if (next != null) {
      next.complete(null);
    }
  }
}
