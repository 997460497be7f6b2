package io.faaskeeper.memory;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.WorkerQueue;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * A worker queue in this JVM. A send to an idle group calls the consumer on the sender's thread and
 * goes on with what others send meanwhile; a send to a busy group returns at once. What waits when
 * a batch ends is the next batch, of at most ten messages. From the first message of a batch that
 * failed on, all are delivered again a tenth of a second later, ahead of what was sent since; a
 * message that failed ten times is dropped with a line in the log. Ids are remembered for five
 * minutes, but no more than 50,000: a send has no unknown outcome here. Thread-safe.
 */
public final class MemoryQueue implements WorkerQueue {
  private static final int MAX_BATCH = 10;
  private static final int MAX_IDS = 50_000;

  private final RecentIds recent;
  private final List<Lane<byte[]>> groups;

  /** Who works on the messages; for instance a writer for each group. */
  public interface Consumer {
    /**
     * Works on one batch. Never called for a group whose last batch is not completed.
     *
     * @return the places of messages to be delivered again, together with all that follow; if the
     *     stage fails, all
     */
    CompletionStage<BitSet> process(int group, List<byte[]> messages);
  }

  public MemoryQueue(int groups, Consumer consumer, Clock clock, Scheduler scheduler) {
    this.recent = new RecentIds(clock, MAX_IDS);
    this.groups =
        IntStream.range(0, groups)
            .mapToObj(
                group ->
                    new Lane<byte[]>(
                        "worker queue, group " + group,
                        MAX_BATCH,
                        batch -> consumer.process(group, batch),
                        scheduler))
            .toList();
  }

  @Override
  public int groups() {
    return groups.size();
  }

  @Override
  public CompletionStage<Void> send(int group, String deduplicationId, byte[] message) {
    if (recent.add(deduplicationId)) {
      groups.get(group).add(message);
    }
    return CompletableFuture.completedFuture(null);
  }
}
