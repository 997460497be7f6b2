package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.Result;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog.Append;
import io.faaskeeper.processor.EmptyTree;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
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
  private final Applying applying;
  private final DistributorQueue distributorQueue;
  private final DuplicateAnswers duplicateAnswers;
  private final ProcessDirectory directory;
  private final Strays strays;
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
    this.applying = new Applying(ports, keeper, distribution);
    this.distributorQueue = distributorQueue;
    this.duplicateAnswers =
        new DuplicateAnswers(ports.log(), new Answers(options.deploymentSecret()));
    this.strays = new Strays(ports.nodes(), ports.children());
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
    private final Fencing fencing = new Fencing(ports, directory);
    private final List<Item> items;
    private List<Item> left;

    Batch(List<Item> items, Deadline deadline) {
      this.items = items;
      this.left = items;
      this.deadline = deadline;
    }

    CompletionStage<Void> run() {
      return fencing
          .fence(left, deadline)
          .thenCompose(done -> Async.whileTrue(this::attempt))
          .thenCompose(done -> distribute())
          .thenCompose(done -> reply())
          .thenCompose(done -> fencing.bury(keeper.view(), deadline))
          .thenCompose(done -> strays.remove(items, deadline));
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
          .thenCompose(newest -> applying.takeOver(1, deadline));
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
                decision[0] =
                    decider.decide(keeper.view(), left, fit, fencing.fenced(), timeMillis);
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
                      : applying.takeOver(overwritten, deadline));
    }

    private CompletionStage<Void> distribute() {
      if (appended.isEmpty()) {
        return Async.done();
      }
      if (!options.inline()) {
        return distributorQueue.wake(appended.get(appended.size() - 1).number());
      }
      return applying.applyOwn(appended, deadline);
    }

    /**
     * Answers what no record of this batch answers; true when the watermark has passed all that it
     * depends on.
     */
    private CompletionStage<Void> reply() {
      if (replies.isEmpty()) {
        return Async.done();
      }
      return applying
          .awaitOrApply(keeper.view().tailRecord(), deadline)
          .thenCompose(done -> duplicateAnswers.resolve(replies))
          .thenCompose(
              done ->
                  replies.send(
                      distribution, keeper.view().applied().zxid(), keeper.view().tailZxid()));
    }
  }
}
