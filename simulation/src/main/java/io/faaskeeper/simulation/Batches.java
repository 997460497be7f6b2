package io.faaskeeper.simulation;

import io.faaskeeper.memory.MemoryQueue;
import io.faaskeeper.port.VirtualTime;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Between the worker queue and the writers: batches of one group come late, so that other groups
 * overtake it, in parts, and once more though they were done.
 */
final class Batches implements MemoryQueue.Consumer {
  private static final int LAG_MILLIS = 3_000;

  private final List<FunctionHost<List<byte[]>, BitSet>> writers;
  private final Profile profile;
  private final Chaos chaos;
  private final VirtualTime time;
  private final Random random;
  private final Timeline timeline;

  Batches(
      List<FunctionHost<List<byte[]>, BitSet>> writers,
      Profile profile,
      Chaos chaos,
      VirtualTime time,
      Random random,
      Timeline timeline) {
    this.writers = List.copyOf(writers);
    this.profile = profile;
    this.chaos = chaos;
    this.time = time;
    this.random = random;
    this.timeline = timeline;
  }

  @Override
  public CompletionStage<BitSet> process(int group, List<byte[]> messages) {
    if (!chaos.happens(Fault.LAG, profile)) {
      return deliver(group, messages);
    }
    int millis = random.nextInt(LAG_MILLIS);
    timeline.add("group " + group, "a batch waits for " + millis + " ms");
    CompletableFuture<BitSet> result = new CompletableFuture<>();
    time.schedule(
        Duration.ofMillis(millis),
        () ->
            deliver(group, messages)
                .whenComplete(
                    (again, failure) -> {
                      if (failure == null) {
                        result.complete(again);
                      } else {
                        result.completeExceptionally(failure);
                      }
                    }));
    return result;
  }

  private CompletionStage<BitSet> deliver(int group, List<byte[]> messages) {
    boolean inPart = messages.size() > 1 && chaos.happens(Fault.PART, profile);
    int count = inPart ? 1 + random.nextInt(messages.size() - 1) : messages.size();
    return writers
        .get(group)
        .handle(messages.subList(0, count))
        .thenApply(
            again -> {
              BitSet all = (BitSet) again.clone();
              all.set(count, messages.size());
              if (chaos.happens(Fault.AGAIN, profile)) {
                timeline.add("group " + group, "a batch comes once more");
                all.set(0, messages.size());
              }
              return all;
            });
  }
}
