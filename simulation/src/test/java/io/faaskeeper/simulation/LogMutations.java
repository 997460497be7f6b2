package io.faaskeeper.simulation;

import static io.faaskeeper.simulation.Ports.always;
import static io.faaskeeper.simulation.Ports.done;
import static io.faaskeeper.simulation.Ports.join;
import static io.faaskeeper.simulation.Ports.lose;
import static io.faaskeeper.simulation.Ports.replace;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Deliberate bugs of the log and of the watermark. */
final class LogMutations {
  private LogMutations() {}

  /** Each by its name. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.put("advance the watermark with the append", () -> LogMutations::advanceEarly);
    all.put("tell a refused advance as done", LogMutations::advanceAlwaysDone);
    all.put("advance whatever the generation", LogMutations::advanceAnyGeneration);
    all.put("advance without effect", LogMutations::advanceWithoutEffect);
    all.put("keep the generation when a recursive watch is put", LogMutations::sameGeneration);
    all.put("list no recursive watches", () -> always("Watermarks.recursiveWatches", List.of()));
    all.put("overwrite a record of the log", LogMutations::appendOver);
    all.put("tell a lost append as done", LogMutations::appendLostAsDone);
    all.put("use a slot of the log again too early", LogMutations::appendInShortRing);
    all.put("keep recursive watches", () -> lose("Watermarks.unwatchRecursively", 1, null));
    all.put("log a part of a multi", LogMutations::logPartOfMulti);
    all.put("lose a node that falls due", () -> LogMutations::deleteDueSilently);
    all.put("lose a recursive watch", LogMutations::loseRecursive);
    all.put("tell of nodes that may not be read", LogMutations::changesWithoutAcls);
    all.put("tell an append that comes a lap late as done", LogMutations::appendLate);
    all.put("forget the sequence numbers of who was first", LogMutations::forgetWinner);
    return all;
  }

  private static ServicePorts advanceEarly(ServicePorts ports) {
    return replace(
            "TransactionLog.append",
            (sound, args) -> {
              TransactionLog.Append append = join(sound.call(args));
              LogRecord record = (LogRecord) args[0];
              Watermark now = join(ports.watermarks().read());
              if (append instanceof TransactionLog.Append.Done
                  && now.record() == record.number() - 1) {
                join(
                    ports
                        .watermarks()
                        .advance(now, record.number(), record.lastZxid(), Deadline.NONE));
              }
              return done(append);
            })
        .apply(ports);
  }

  private static UnaryOperator<ServicePorts> advanceAlwaysDone() {
    return replace(
        "Watermarks.advance",
        (sound, args) -> {
          Watermarks.Advance advance = join(sound.call(args));
          return done(doneTo(advance.now(), args));
        });
  }

  /** What an advance with these arguments answers where it was done. */
  private static Watermarks.Advance doneTo(Watermark before, Object... args) {
    return new Watermarks.Advance(
        true,
        new Watermark((Long) args[1], (Long) args[2], before.generation(), before.heartbeat()));
  }

  private static UnaryOperator<ServicePorts> advanceAnyGeneration() {
    return replace(
        "Watermarks.advance",
        (sound, args) -> {
          Watermark expected = (Watermark) args[0];
          Watermarks.Advance advance = join(sound.call(args));
          return !advance.done() && advance.now().record() == expected.record()
              ? sound.call(advance.now(), args[1], args[2], args[3])
              : done(advance);
        });
  }

  private static UnaryOperator<ServicePorts> advanceWithoutEffect() {
    AtomicInteger calls = new AtomicInteger();
    return replace(
        "Watermarks.advance",
        (sound, args) ->
            calls.incrementAndGet() < 50
                ? sound.call(args)
                : done(doneTo((Watermark) args[0], args)));
  }

  private static UnaryOperator<ServicePorts> sameGeneration() {
    return replace("Watermarks.watchRecursively", LogMutations::ofNoGeneration)
            .andThen(replace("Watermarks.read", LogMutations::ofNoGeneration))
            .andThen(advanceAnyGeneration())
        ::apply;
  }

  private static CompletionStage<?> ofNoGeneration(Ports.Sound sound, Object... args) {
    Watermark now = join(sound.call(args));
    return done(new Watermark(now.record(), now.zxid(), 0, now.heartbeat()));
  }

  private static UnaryOperator<ServicePorts> appendOver() {
    Map<Long, LogRecord> over = new HashMap<>();
    return replace(
                "TransactionLog.append",
                (sound, args) -> {
                  TransactionLog.Append append = join(sound.call(args));
                  LogRecord record = (LogRecord) args[0];
                  if (append instanceof TransactionLog.Append.Lost) {
                    over.put(record.number(), record);
                    return done(new TransactionLog.Append.Done());
                  }
                  return done(append);
                })
            .andThen(
                replace(
                    "TransactionLog.read",
                    (sound, args) ->
                        over.containsKey(args[0])
                            ? done(new TransactionLog.Slot.Found(over.get(args[0])))
                            : sound.call(args)))
        ::apply;
  }

  /** The slot is used again whether or not the record that it holds is applied. */
  private static UnaryOperator<ServicePorts> appendInShortRing() {
    int slots = 2;
    long[] last = new long[1];
    return replace(
                "TransactionLog.append",
                (sound, args) -> {
                  last[0] = Math.max(last[0], ((LogRecord) args[0]).number());
                  return sound.call(args);
                })
            .andThen(
                replace(
                    "TransactionLog.read",
                    (sound, args) ->
                        (long) args[0] <= last[0] - slots
                            ? done(new TransactionLog.Slot.Overwritten())
                            : sound.call(args)))
        ::apply;
  }

  private static UnaryOperator<ServicePorts> appendLostAsDone() {
    return answerAppend(
        append ->
            append instanceof TransactionLog.Append.Lost
                ? new TransactionLog.Append.Done()
                : append);
  }

  private static UnaryOperator<ServicePorts> answerAppend(
      UnaryOperator<TransactionLog.Append> change) {
    return replace(
        "TransactionLog.append", (sound, args) -> done(change.apply(join(sound.call(args)))));
  }

  private static UnaryOperator<ServicePorts> logPartOfMulti() {
    return logOther(LogMutations::withoutLast);
  }

  private static LogEntry withoutLast(LogEntry e) {
    return e.result() instanceof Result.MultiResult && e.nodes().size() > 1
        ? new LogEntry(
            e.zxid(),
            e.session(),
            e.seq(),
            e.previousRecord(),
            e.answer(),
            e.result(),
            e.nodes().subList(0, e.nodes().size() - 1),
            e.taken())
        : e;
  }

  private static UnaryOperator<ServicePorts> changesWithoutAcls() {
    return logOther(
        e ->
            new LogEntry(
                e.zxid(),
                e.session(),
                e.seq(),
                e.previousRecord(),
                e.answer(),
                e.result(),
                e.nodes().stream().map(LogMutations::withoutAcl).toList(),
                e.taken()));
  }

  @SuppressWarnings("NullAway") // a change of the children has no data
  private static NodeChange withoutAcl(NodeChange change) {
    return change.kind() == NodeChange.Kind.DATA || change.kind() == NodeChange.Kind.CHILDREN
        ? new NodeChange(
            change.path(), change.kind(), change.stat(), change.childSum(), null, change.data())
        : change;
  }

  private static UnaryOperator<ServicePorts> logOther(UnaryOperator<LogEntry> change) {
    return replace(
        "TransactionLog.append",
        (sound, args) -> {
          LogRecord record = (LogRecord) args[0];
          List<LogEntry> entries = record.entries().stream().map(change).toList();
          return sound.call(new LogRecord(record.number(), record.attempt(), entries), args[1]);
        });
  }

  /** The first is put, others only move the generation. */
  private static UnaryOperator<ServicePorts> loseRecursive() {
    AtomicInteger calls = new AtomicInteger();
    return ports ->
        replace(
                "Watermarks.watchRecursively",
                (sound, args) ->
                    calls.incrementAndGet() == 1
                        ? sound.call(args)
                        : sound
                            .call(args)
                            .thenCompose(
                                moved ->
                                    ports
                                        .watermarks()
                                        .unwatchRecursively(
                                            (String) args[0], (Subscription) args[1])
                                        .thenApply(done -> moved)))
            .apply(ports);
  }

  /** The service's own deletions are in the log, and not in storage. */
  private static ServicePorts deleteDueSilently(ServicePorts ports) {
    Set<Long> own = new HashSet<>();
    return replace(
            "TransactionLog.append",
            (sound, args) -> {
              ((LogRecord) args[0])
                  .entries().stream()
                      .filter(e -> e.session() == null && e.result() instanceof Result.Deleted)
                      .forEach(e -> own.add(e.zxid()));
              return sound.call(args);
            })
        .andThen(
            replace(
                "NodeStore.apply",
                (sound, args) ->
                    own.contains(((NodeUpdate) args[0]).zxid())
                        ? done(Set.of())
                        : sound.call(args)))
        .apply(ports);
  }

  /** A slot that has gone round is taken for one's own. */
  private static UnaryOperator<ServicePorts> appendLate() {
    return answerAppend(
        append ->
            append instanceof TransactionLog.Append.OutOfStep
                ? new TransactionLog.Append.Done()
                : append);
  }

  /** Who lost takes the other's record for one of requests that nobody had made. */
  private static UnaryOperator<ServicePorts> forgetWinner() {
    return answerAppend(LogMutations::withoutWinnersSequences);
  }

  private static TransactionLog.Append withoutWinnersSequences(TransactionLog.Append append) {
    if (!(append instanceof TransactionLog.Append.Lost lost)) {
      return append;
    }
    LogRecord winner = lost.winner();
    List<LogEntry> entries = winner.entries().stream().map(LogMutations::withoutSequence).toList();
    return new TransactionLog.Append.Lost(
        new LogRecord(winner.number(), winner.attempt(), entries));
  }

  private static LogEntry withoutSequence(LogEntry e) {
    SessionState session = e.session();
    return session == null
        ? e
        : new LogEntry(
            e.zxid(),
            SessionMutations.withSequence(session, Math.max(0, session.lastSeq() - 1)),
            e.seq(),
            e.previousRecord(),
            e.answer(),
            e.result(),
            e.nodes(),
            e.taken());
  }
}
