package io.faaskeeper.client;

import java.util.concurrent.CompletableFuture;

/** A request on its way, as a test sees it. */
final class Asked {
  private final CompletableFuture<Reply> reply;

  Asked(CompletableFuture<Reply> reply) {
    this.reply = reply;
  }

  CompletableFuture<Reply> reply() {
    return reply;
  }

  boolean isDone() {
    return reply.isDone();
  }

  boolean isLost() {
    return reply.isCompletedExceptionally();
  }

  Reply join() {
    return reply.join();
  }
}
