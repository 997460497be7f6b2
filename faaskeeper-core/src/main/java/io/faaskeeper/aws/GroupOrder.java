package io.faaskeeper.aws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lets the sends of each group go out one after the other, for two that are under way at once may
 * swap. Thread-safe.
 */
final class GroupOrder {
  /** By group, the last send: it completes normally, whatever became of it. */
  private final List<CompletionStage<Void>> last;

  GroupOrder(int groups) {
    this.last =
        new ArrayList<>(Collections.nCopies(groups, CompletableFuture.completedStage(null)));
  }

  int groups() {
    return last.size();
  }

  /** Begins the send when the one before it in the group has come to its end. */
  CompletionStage<Void> send(int group, Supplier<CompletionStage<Void>> send) {
    synchronized (last) {
      CompletionStage<Void> sent = last.get(group).thenCompose(done -> send.get());
      last.set(group, sent.exceptionally(failure -> null));
      return sent;
    }
  }
}
