package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog.Append;
import io.faaskeeper.processor.EmptyTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: opens a batch, decides it on its view of the log, appends one record (more if it is
 * large), and sees to it that the record is distributed. If another record was first, it takes that
 * into its view and decides again.
 *
 * <p>Not thread-safe: one batch at a time. A batch that fails leaves nothing half done: what was
 * appended is recognised when the messages come again.
 */
final class LogWriter implements Writer {
  private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

  private final ServicePorts ports;
  private final ServiceOptions options;
  private final Inbox inbox;
  private final ViewKeeper keeper;
  private final Decider decider;
  private final Distribution distribution;
  private final LogDistributor finisher;
  private final DistributorQueue distributorQueue;
  private final DuplicateAnswers duplicateAnswers;
  private final ProcessDirectory directory;
  private final RandomGenerator random;

  LogWriter(
      ServicePorts ports,
      ServiceOptions options,
      ProcessDirectory directory,
      Decider decider,
      Distribution distribution,
      DistributorQueue distributorQueue,
      RandomGenerator random) {
    this.ports = ports;
    this.options = options;
    this.directory = directory;
    this.inbox = new Inbox(directory, options.deploymentSecret());
    this.keeper = new ViewKeeper(ports);
    this.decider = decider;
    this.distribution = distribution;
    this.finisher = new LogDistributor(ports, distribution);
    this.distributorQueue = distributorQueue;
    this.duplicateAnswers =
        new DuplicateAnswers(ports.log(), new Answers(options.deploymentSecret()));
    this.random = random;
  }

  @Override
  public CompletionStage<BitSet> process(List<byte[]> sealedMessages, Deadline deadline) {
    return inbox
        .open(sealedMessages)
        .thenCompose(items -> new Batch(items, deadline).run())
        .handle(
            (done, failure) -> {
              BitSet again = new BitSet();
              if (failure != null) {
                LOG.warn(
                    "a batch of {} messages is to be delivered again",
                    sealedMessages.size(),
                    Async.cause(failure));
                keeper.forget();
                again.set(0, sealedMessages.size());
              }
              return again;
            });
  }

  /** What is on the way for one batch. */
  private final class Batch {
    private final Deadline deadline;
    private final List<LogRecord> appended = new ArrayList<>();
    private final Replies replies = new Replies();
    private final Set<String> fenced = new HashSet<>();
    private List<Item> left;

    Batch(List<Item> items, Deadline deadline) {
      this.left = items;
      this.deadline = deadline;
    }

    CompletionStage<Void> run() {
      return fence()
          .thenCompose(done -> Async.whileTrue(this::attempt))
          .thenCompose(done -> distribute())
          .thenCompose(done -> reply())
          .thenCompose(done -> buryFenced());
    }

    /** Fences whom somebody suspects, if the counter still stands where it was seen. */
    private CompletionStage<Void> fence() {
      List<CompletionStage<Void>> fences = new ArrayList<>();
      for (Item item : left) {
        if (item.request() instanceof Request.Suspicion s) {
          fences.add(
              ports
                  .processes()
                  .fence(s.process(), s.counter(), deadline)
                  .thenAccept(row -> suspected(s, row)));
        }
      }
      return Async.all(fences);
    }

    private void suspected(Request.Suspicion s, Optional<ProcessRow> row) {
      if (row.isPresent() && row.get().fenced()) {
        LOG.info("process {} stood still for {} ms and is fenced", s.process(), s.stillMillis());
        synchronized (fenced) {
          fenced.add(s.process());
        }
      }
    }

    /** One attempt at one record; tells whether another is needed. */
    private CompletionStage<Boolean> attempt() {
      if (deadline.hasPassed(ports.clock())) {
        throw new IllegalStateException("no time is left for this batch");
      }
      return keeper
          .warm()
          .thenCompose(done -> begin())
          .thenCompose(done -> fitProcesses())
          .thenCompose(this::decide)
          .thenCompose(this::append)
          .exceptionally(
              failure -> {
                if (Async.cause(failure) instanceof ViewKeeper.LeftBehindException) {
                  return true;
                }
                throw new StorageException(Async.cause(failure));
              });
    }

    /** The first writer of a deployment makes the first record: the empty tree. */
    private CompletionStage<Void> begin() {
      if (keeper.view().tailRecord() > 0) {
        return Async.done();
      }
      LogEntry empty = LogEntry.ofService(1, new Result.Checked(), EmptyTree.changes());
      return ports
          .log()
          .append(new LogRecord(1, random.nextLong(), List.of(empty)), deadline)
          .thenCompose(append -> keeper.catchUp())
          .thenCompose(newest -> finisher.distribute(keeper.view().applied(), 1, deadline))
          .thenAccept(keeper.view()::applied);
    }

    /**
     * Which processes may be given a session. Read in each attempt, after the view: whoever fences
     * a process says so in a record, which makes this attempt's append fail if the view does not
     * have it.
     */
    private CompletionStage<Set<String>> fitProcesses() {
      Map<String, CompletionStage<Optional<ProcessRow>>> rows = new HashMap<>();
      for (Item item : left) {
        if (item.request() instanceof Request.OfSession request
            && (request.operation() instanceof Operation.CreateSession
                || request.operation() instanceof Operation.AttachSession)) {
          rows.computeIfAbsent(item.process(), ports.processes()::read);
        }
      }
      return Async.all(rows.values())
          .thenApply(
              done -> {
                Set<String> fit = new HashSet<>();
                rows.forEach(
                    (process, row) -> {
                      if (row.toCompletableFuture().join().filter(r -> !r.fenced()).isPresent()) {
                        fit.add(process);
                      }
                    });
                return fit;
              });
    }

    private CompletionStage<Decision> decide(Set<String> fit) {
      Decision[] decision = new Decision[1];
      long timeMillis = ports.clock().currentTimeMillis();
      return Async.whileTrue(
              () -> {
                decision[0] = decider.decide(keeper.view(), left, fit, fenced, timeMillis);
                Needs needs = decision[0].needs();
                return needs.isEmpty()
                    ? Async.done().thenApply(done -> false)
                    : keeper.load(needs).thenApply(done -> true);
              })
          .thenApply(done -> decision[0]);
    }

    private CompletionStage<Boolean> append(Decision decision) {
      if (decision.entries().isEmpty()) {
        if (!decision.needsTail()) {
          return Async.done().thenApply(done -> accept(decision));
        }
        return keeper.catchUp().thenApply(newest -> newest ? accept(decision) : true);
      }
      LogRecord record =
          new LogRecord(keeper.view().tailRecord() + 1, random.nextLong(), decision.entries());
      return makeRoom(record)
          .thenCompose(done -> ports.log().append(record, deadline))
          .thenApply(
              append -> {
                if (append instanceof Append.Done) {
                  keeper.view().take(record);
                  appended.add(record);
                  return accept(decision);
                }
                if (append instanceof Append.Lost lost) {
                  LOG.debug("record {} is another writer's", record.number());
                  keeper.view().take(lost.winner());
                } else {
                  keeper.forget();
                }
                return true;
              });
    }

    /** Takes a decision that holds; tells whether something is left. */
    private boolean accept(Decision decision) {
      replies.add(decision);
      left = left.subList(decision.consumed(), left.size());
      return !left.isEmpty() || !keeper.view().closing().isEmpty();
    }

    /** The slot of a record must hold one that is applied. */
    private CompletionStage<Void> makeRoom(LogRecord record) {
      long overwritten = record.number() - ports.log().slots();
      if (overwritten <= keeper.view().applied().record()) {
        return Async.done();
      }
      return keeper
          .look()
          .thenCompose(
              done ->
                  overwritten <= keeper.view().applied().record()
                      ? Async.done()
                      : finisher
                          .distribute(keeper.view().applied(), overwritten, deadline)
                          .thenAccept(keeper.view()::applied));
    }

    private CompletionStage<Void> distribute() {
      if (appended.isEmpty()) {
        return Async.done();
      }
      long last = appended.get(appended.size() - 1).number();
      if (!options.inline()) {
        return distributorQueue.wake(last);
      }
      return predecessors(appended.get(0).number() - 1)
          .thenCompose(
              done ->
                  keeper.view().applied().record() == appended.get(0).number() - 1
                      ? distributeOwn()
                      : Async.done())
          .thenCompose(done -> finish(last));
    }

    /** Waits a little until the records before the own ones are applied. */
    private CompletionStage<Void> predecessors(long record) {
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
                              : Async.delay(ports.scheduler(), pauses.next())
                                  .thenApply(x -> true)));
    }

    /** The usual case: applies just what this batch appended. */
    private CompletionStage<Void> distributeOwn() {
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
    private CompletionStage<Void> finish(long record) {
      if (keeper.view().applied().record() >= record) {
        return Async.done();
      }
      return keeper
          .look()
          .thenCompose(done -> finisher.distribute(keeper.view().applied(), record, deadline))
          .thenAccept(keeper.view()::applied);
    }

    /**
     * Answers what no record of this batch answers; true when the watermark has passed all that it
     * depends on.
     */
    private CompletionStage<Void> reply() {
      if (replies.isEmpty()) {
        return Async.done();
      }
      long tail = keeper.view().tailRecord();
      return predecessors(tail)
          .thenCompose(done -> finish(tail))
          .thenCompose(done -> duplicateAnswers.resolve(replies))
          .thenCompose(
              done ->
                  replies.send(
                      distribution, keeper.view().applied().zxid(), keeper.view().tailZxid()));
    }

    /** A fenced process that has no session left is removed, with what the index says of it. */
    private CompletionStage<Void> buryFenced() {
      List<CompletionStage<?>> removals = new ArrayList<>();
      for (String process : fenced) {
        String owner = OwnerChange.sessionsOf(process);
        Set<String> hints = keeper.view().owned(owner);
        if (hints != null && hints.stream().noneMatch(hint -> mayHold(process, hint))) {
          LOG.info("process {} is fenced, has no session left, and is removed", process);
          directory.forget(process);
          removals.add(ports.processes().remove(process, deadline));
          hints.forEach(hint -> removals.add(ports.owners().remove(owner, hint, deadline)));
        }
      }
      return Async.all(removals);
    }

    private boolean mayHold(String process, String hint) {
      Known<SessionState> session = keeper.view().session(OwnerChange.number(hint));
      return session == null
          || (session.isPresent()
              && session.get().process().equals(process)
              && session.get().status() != SessionState.Status.CLOSED);
    }
  }
}
