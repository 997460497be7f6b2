package io.faaskeeper.service;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.ServicePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Whose turn it is to apply a record: a writer applies what it appended, after waiting a little for
 * those who appended before it; whoever waited in vain takes over from the watermark. Not
 * thread-safe.
 */
final class Applying {
  private final Scheduler scheduler;
  private final ViewKeeper keeper;
  private final Distribution distribution;
  private final LogDistributor finisher;

  Applying(ServicePorts ports, ViewKeeper keeper, Distribution distribution) {
    this.scheduler = ports.scheduler();
    this.keeper = keeper;
    this.distribution = distribution;
    this.finisher = new LogDistributor(ports, distribution);
  }

  /** Applies what was just appended, in its order. */
  CompletionStage<Void> applyOwn(List<LogRecord> appended, Deadline deadline) {
    long first = appended.get(0).number();
    long last = appended.get(appended.size() - 1).number();
    return await(first - 1)
        .thenCompose(
            done ->
                keeper.view().applied().record() == first - 1
                    ? distribute(appended, deadline)
                    : Async.done())
        .thenCompose(done -> finish(last, deadline));
  }

  /** Completes when a record is applied, by whomever it concerns, or here. */
  CompletionStage<Void> awaitOrApply(long record, Deadline deadline) {
    return await(record).thenCompose(done -> finish(record, deadline));
  }

  /** Applies up to a record from the watermark on, as it was last seen. */
  CompletionStage<Void> takeOver(long record, Deadline deadline) {
    return finisher
        .distribute(keeper.view().applied(), record, deadline)
        .thenAccept(keeper.view()::applied);
  }

  /** Waits a little until the records before the own ones are applied. */
  private CompletionStage<Void> await(long record) {
    if (keeper.view().applied().record() >= record) {
      return Async.done();
    }
    Iterator<Duration> pauses = ServiceOptions.PREDECESSOR_PAUSES.iterator();
    return Async.whileTrue(
        () ->
            keeper
                .look()
                .thenCompose(
                    done ->
                        keeper.view().applied().record() >= record || !pauses.hasNext()
                            ? Async.done().thenApply(x -> false)
                            : Async.delay(scheduler, pauses.next()).thenApply(x -> true)));
  }

  /** The usual case: applies just what this batch appended. */
  private CompletionStage<Void> distribute(List<LogRecord> appended, Deadline deadline) {
    List<LogRecord> rest = new ArrayList<>(appended);
    return Async.whileTrue(
        () -> {
          rest.removeIf(record -> record.number() <= keeper.view().applied().record());
          if (rest.isEmpty() || rest.get(0).number() != keeper.view().applied().record() + 1) {
            return Async.done().thenApply(done -> false);
          }
          Group group = Group.prefix(rest, Distribution.MAX_CHANGES_PER_GROUP);
          return distribution
              .distribute(group, keeper.view().applied(), deadline)
              .thenApply(
                  now -> {
                    boolean moved = now.record() > keeper.view().applied().record();
                    keeper.view().applied(now);
                    return moved;
                  });
        });
  }

  /** Brings the watermark to a record, whoever has to do it. */
  private CompletionStage<Void> finish(long record, Deadline deadline) {
    if (keeper.view().applied().record() >= record) {
      return Async.done();
    }
    return keeper.look().thenCompose(done -> takeOver(record, deadline));
  }
}
