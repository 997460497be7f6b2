package io.faaskeeper.zookeeper.gateway.monitor;

import io.faaskeeper.client.ProcessMonitor;
import io.faaskeeper.client.ProcessReport;
import io.faaskeeper.port.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many nodes and ephemerals there are. No table holds these numbers, so that they are counted,
 * when somebody asks: anew if the deployment has changed since the last count and that count is
 * older than may be. Thread-safe.
 */
final class NodeCounts {
  private static final Logger log = LoggerFactory.getLogger(NodeCounts.class);

  /** The root, which ZooKeeper's count holds twice, under its two names. */
  private static final int ROOT = 2;

  /**
   * {@code /zookeeper}, its quotas and its configuration, which nobody can delete. They are stored
   * with the first session.
   */
  private static final int BELOW_ROOT_AT_LEAST = 3;

  /** Monitoring tools wait for 5 to 10 s. */
  private static final int PATIENCE_SECONDS = 3;

  /** A count takes this share of the time at most, however many nodes there are. */
  private static final int REST_FACTOR = 20;

  /**
   * Counted at one moment.
   *
   * @param nodes as ZooKeeper counts them
   * @param ephemerals those of this gateway's sessions
   */
  record Counted(long zxid, int nodes, int ephemerals) {}

  private final ProcessMonitor monitor;
  private final Clock clock;
  private final long ageNanos;

  /** Guarded by this, all. */
  private Counted last = new Counted(-1, 0, 0);

  private long freshUntilNanos;
  private @Nullable CompletableFuture<Counted> running;

  NodeCounts(ProcessMonitor monitor, Clock clock, Duration age) {
    this.monitor = monitor;
    this.clock = clock;
    this.ageNanos = age.toNanos();
    this.freshUntilNanos = clock.nanoTime();
  }

  /** The numbers. If they can't be counted, or not soon, the last ones. */
  CompletionStage<Counted> at(ProcessReport report) {
    CompletableFuture<Counted> mine;
    synchronized (this) {
      if (running != null) {
        return orLast(running);
      }
      boolean fresh = last.zxid >= 0 && clock.nanoTime() - freshUntilNanos < 0;
      if (fresh || last.zxid == report.zxid()) {
        return CompletableFuture.completedFuture(last);
      }
      mine = new CompletableFuture<>();
      running = mine;
    }
    long begun = clock.nanoTime();
    count(report)
        .whenComplete(
            (counted, failure) -> {
              if (failure != null) {
                log.warn("The nodes can't be counted now: {}", failure.toString());
              }
              mine.complete(counted(counted, begun));
            });
    return orLast(mine);
  }

  private CompletionStage<Counted> orLast(CompletableFuture<Counted> counting) {
    return counting.copy().completeOnTimeout(last(), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized Counted last() {
    return last;
  }

  private synchronized Counted counted(@Nullable Counted counted, long begunNanos) {
    long now = clock.nanoTime();
    running = null;
    freshUntilNanos = now + Math.max(ageNanos, REST_FACTOR * (now - begunNanos));
    if (counted != null) {
      last = counted;
    }
    return last;
  }

  private CompletionStage<Counted> count(ProcessReport report) {
    CompletionStage<Integer> ephemerals = CompletableFuture.completedFuture(0);
    for (ProcessReport.HeldSession session : report.sessions()) {
      ephemerals =
          ephemerals.thenCompose(
              sum -> monitor.ephemerals(session.id()).thenApply(paths -> sum + paths.size()));
    }
    return monitor
        .countNodes()
        .thenApply(nodes -> ROOT + Math.max(nodes, BELOW_ROOT_AT_LEAST))
        .thenCombine(ephemerals, (nodes, sum) -> new Counted(report.zxid(), nodes, sum));
  }
}
