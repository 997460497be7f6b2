package io.faaskeeper.client;

import io.faaskeeper.model.Push;
import io.faaskeeper.model.Request;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The syncs of a process on their way: each names its answer by a random token. To be used in tasks
 * of the run queue.
 */
final class Syncs {
  private final Sender sender;
  private final RandomGenerator random;
  private final Map<Long, Waiting> waiting = new HashMap<>();

  private record Waiting(Outgoing outgoing, LongConsumer answered) {}

  Syncs(Sender sender, RandomGenerator random) {
    this.sender = sender;
    this.random = random;
  }

  /**
   * Sends one.
   *
   * @param answered gets the last zxid that was in the log; the watermark has passed it
   * @param gaveUp called if nobody answers
   */
  void send(LongConsumer answered, Runnable gaveUp) {
    long token = random.nextLong();
    Outgoing outgoing =
        sender.send(
            new Request.Sync(token),
            () -> {
              waiting.remove(token);
              gaveUp.run();
              return false;
            });
    waiting.put(token, new Waiting(outgoing, answered));
  }

  void answered(Push.SyncAnswer answer) {
    @Nullable Waiting one = waiting.remove(answer.token());
    if (one != null) {
      sender.answered(one.outgoing());
      one.answered().accept(answer.zxid());
    }
  }
}
