package io.faaskeeper.simulation;

import static io.faaskeeper.simulation.Ports.done;
import static io.faaskeeper.simulation.Ports.replace;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Deliberate bugs, each as what stands between everybody and storage. */
final class Mutations {
  /** So many of the first in a history: none is on its way any more when all is tidied up. */
  private static final int LATE_CREATIONS = 15;

  private Mutations() {}

  /** Every mutation by its name; each history gets one of its own. */
  static Map<String, Supplier<UnaryOperator<ServicePorts>>> all() {
    Map<String, Supplier<UnaryOperator<ServicePorts>>> all = new LinkedHashMap<>();
    all.put("apply a node without the touched condition", () -> Mutations::applyUnconditionally);
    all.put(
        "lose the apply of a node",
        () -> lose("NodeStore.apply", 20, new NodeStore.Applied(Set.of(), 0)));
    all.put("answer the apply of a node before it is done", () -> Mutations::applyLater);
    all.put("read who is interested before the apply", () -> Mutations::interestBeforeApply);
    all.put("lose a subscription", Mutations::loseSubscription);
    all.put("subscribe after the read", () -> Mutations::subscribeAfterRead);
    all.put("unsubscribe newer generations, too", () -> Mutations::unsubscribeBlindly);
    all.put("read an older state of a node", () -> Mutations::readOld);
    all.put("read the data of another version", Mutations::readTornData);
    all.put("advance the watermark with the append", () -> Mutations::advanceEarly);
    all.put("tell a refused advance as done", Mutations::advanceAlwaysDone);
    all.put("advance whatever the generation", Mutations::advanceAnyGeneration);
    all.put("advance without effect", Mutations::advanceWithoutEffect);
    all.put("keep the generation when a recursive watch is put", Mutations::sameGeneration);
    all.put("list no recursive watches", () -> always("Watermarks.recursiveWatches", List.of()));
    all.put("overwrite a record of the log", Mutations::appendOver);
    all.put("tell a lost append as done", Mutations::appendLostAsDone);
    all.put("use a slot of the log again too early", Mutations::appendInShortRing);
    all.put("lose mailbox items", () -> lose("Mailbox.add", 3, null));
    all.put("read mailboxes without the last item", Mutations::mailboxShort);
    all.put("keep only one event of a mailbox item", Mutations::mailboxOneEvent);
    all.put("lose the apply of a child", () -> lose("ChildStore.apply", 20, null));
    all.put("list children without the last", Mutations::listShort);
    all.put("lose the apply of a session", () -> lose("SessionStore.apply", 5, null));
    all.put("read no session", () -> always("SessionStore.read", Optional.empty()));
    all.put("forget the sequence numbers of a session", Mutations::forgetSequence);
    all.put("forget what an owner owns", () -> lose("OwnerIndex.put", 3, null));
    all.put("never fence", () -> Mutations::neverFence);
    all.put("see all leases stand still", () -> Mutations::standStill);
    all.put("keep subscriptions of the dead", () -> lose("NodeStore.unsubscribe", 1, null));
    all.put("keep recursive watches", () -> lose("Watermarks.unwatchRecursively", 1, null));
    all.put("keep hints to nodes that are gone", () -> lose("OwnerIndex.remove", 1, null));
    all.put("leave strays among the children", () -> Mutations::leaveStrays);
    all.put("read every ACL as open", Mutations::readOpenAcls);
    all.put("log a part of a multi", Mutations::logPartOfMulti);
    all.put("count the children of before", Mutations::readOldCversion);
    all.put("tell an event twice", Mutations::mailboxTwice);
    all.put("list the first page of children alone", Mutations::listFirstPage);
    all.put("lose a node that falls due", () -> Mutations::deleteDueSilently);
    all.put("lose a recursive watch", Mutations::loseRecursive);
    all.put("tell of nodes that may not be read", Mutations::changesWithoutAcls);
    all.put("keep rows of fenced processes", () -> lose("ProcessRegistry.remove", 1, null));
    return all;
  }

  private static UnaryOperator<ServicePorts> lose(
      String method, int oneOf, @Nullable Object answer) {
    AtomicInteger calls = new AtomicInteger();
    return replace(
        method,
        (sound, args) ->
            calls.incrementAndGet() % oneOf == 0
                ? CompletableFuture.completedFuture(answer)
                : sound.call(args));
  }

  private static UnaryOperator<ServicePorts> always(String method, Object answer) {
    return replace(method, (sound, args) -> done(answer));
  }

  /** Completes a sound call's stage after a while. */
  private static CompletionStage<?> later(ServicePorts ports, Supplier<CompletionStage<?>> call) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    ports
        .scheduler()
        .schedule(
            Duration.ofMillis(20),
            () ->
                call.get()
                    .whenComplete(
                        (value, failure) -> {
                          if (failure == null) {
                            result.complete(value);
                          } else {
                            result.completeExceptionally(failure);
                          }
                        }));
    return result;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a proxy knows no types
  private static <T> T join(CompletionStage<?> stage) {
    return (T) stage.toCompletableFuture().join();
  }

  private static ServicePorts applyUnconditionally(ServicePorts ports) {
    Map<String, StoredNode> reverted = new HashMap<>();
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), true));
              reverted.remove(update.path());
              if (before.touched() > update.zxid()) {
                Optional<NodeMeta> meta =
                    before.meta().isEmpty() || !update.alive()
                        ? Optional.empty()
                        : Optional.of(
                            new NodeMeta(
                                update.stat(),
                                update.acl() == null ? before.meta().get().acl() : update.acl(),
                                update.childSum()));
                byte[] data = update.data() == null ? before.data() : update.data();
                reverted.put(
                    update.path(),
                    meta.isEmpty() || data == null
                        ? StoredNode.gone(update.zxid(), before.interested())
                        : new StoredNode(update.zxid(), meta, data, before.interested()));
              }
              return sound.call(args);
            })
        .andThen(
            replace(
                "NodeStore.read",
                (sound, args) ->
                    reverted.containsKey(args[0]) ? done(reverted.get(args[0])) : sound.call(args)))
        .apply(ports);
  }

  private static ServicePorts applyLater(ServicePorts ports) {
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), false));
              later(ports, () -> sound.call(args));
              return done(new NodeStore.Applied(before.interested(), 0));
            })
        .apply(ports);
  }

  private static ServicePorts interestBeforeApply(ServicePorts ports) {
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              NodeUpdate update = (NodeUpdate) args[0];
              StoredNode before = join(ports.nodes().read(update.path(), false));
              return later(
                  ports,
                  () ->
                      sound
                          .call(args)
                          .thenApply(after -> new NodeStore.Applied(before.interested(), 0)));
            })
        .apply(ports);
  }

  private static UnaryOperator<ServicePorts> loseSubscription() {
    AtomicInteger calls = new AtomicInteger();
    return ports ->
        replace(
                "NodeStore.subscribe",
                (sound, args) ->
                    calls.incrementAndGet() % 4 == 0
                        ? ports.nodes().read((String) args[0], (Boolean) args[2])
                        : sound.call(args))
            .apply(ports);
  }

  private static ServicePorts subscribeAfterRead(ServicePorts ports) {
    return replace(
            "NodeStore.subscribe",
            (sound, args) -> {
              StoredNode read = join(ports.nodes().read((String) args[0], (Boolean) args[2]));
              return later(ports, () -> sound.call(args).thenApply(x -> read));
            })
        .apply(ports);
  }

  private static ServicePorts unsubscribeBlindly(ServicePorts ports) {
    return replace(
            "NodeStore.unsubscribe",
            (sound, args) -> {
              StoredNode node = join(ports.nodes().read((String) args[0], false));
              Subscription gone = (Subscription) args[1];
              for (Subscription other : node.interested()) {
                if (other.process().equals(gone.process())) {
                  join(sound.call(args[0], other));
                }
              }
              return done(Optional.empty());
            })
        .apply(ports);
  }

  private static ServicePorts readOld(ServicePorts ports) {
    Map<String, StoredNode> old = new HashMap<>();
    AtomicInteger calls = new AtomicInteger();
    return replace(
            "NodeStore.apply",
            (sound, args) -> {
              String path = ((NodeUpdate) args[0]).path();
              old.put(path, join(ports.nodes().read(path, true)));
              return sound.call(args);
            })
        .andThen(
            replace(
                "NodeStore.read",
                (sound, args) ->
                    old.containsKey(args[0]) && calls.incrementAndGet() % 10 == 0
                        ? done(old.get(args[0]))
                        : sound.call(args)))
        .apply(ports);
  }

  private static UnaryOperator<ServicePorts> readTornData() {
    Map<String, byte[]> seen = new HashMap<>();
    return replace(
        "NodeStore.read",
        (sound, args) -> {
          StoredNode node = join(sound.call(args));
          byte[] data = node.data();
          byte[] before = data == null ? null : seen.put((String) args[0], data);
          return done(
              before == null
                  ? node
                  : new StoredNode(node.touched(), node.meta(), before, node.interested()));
        });
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
          Watermark now = advance.now();
          return done(
              new Watermarks.Advance(
                  true,
                  new Watermark(
                      (Long) args[1], (Long) args[2], now.generation(), now.heartbeat())));
        });
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
        (sound, args) -> {
          Watermark expected = (Watermark) args[0];
          return calls.incrementAndGet() < 50
              ? sound.call(args)
              : done(
                  new Watermarks.Advance(
                      true,
                      new Watermark(
                          (Long) args[1],
                          (Long) args[2],
                          expected.generation(),
                          expected.heartbeat())));
        });
  }

  private static UnaryOperator<ServicePorts> sameGeneration() {
    return replace(
                "Watermarks.watchRecursively",
                (sound, args) ->
                    sound
                        .call(args)
                        .thenApply(
                            x ->
                                new Watermark(
                                    ((Watermark) x).record(),
                                    ((Watermark) x).zxid(),
                                    0,
                                    ((Watermark) x).heartbeat())))
            .andThen(
                replace(
                    "Watermarks.read",
                    (sound, args) ->
                        sound
                            .call(args)
                            .thenApply(
                                x ->
                                    new Watermark(
                                        ((Watermark) x).record(),
                                        ((Watermark) x).zxid(),
                                        0,
                                        ((Watermark) x).heartbeat()))))
            .andThen(advanceAnyGeneration())
        ::apply;
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
    return replace(
        "TransactionLog.append",
        (sound, args) -> {
          TransactionLog.Append append = join(sound.call(args));
          return done(
              append instanceof TransactionLog.Append.Lost
                  ? new TransactionLog.Append.Done()
                  : append);
        });
  }

  private static UnaryOperator<ServicePorts> mailboxShort() {
    return replace(
        "Mailbox.read",
        (sound, args) -> {
          long upTo = (Long) args[2];
          return sound.call(args[0], args[1], Math.max((Long) args[1], upTo - 1));
        });
  }

  private static UnaryOperator<ServicePorts> mailboxOneEvent() {
    return replace(
        "Mailbox.add",
        (sound, args) -> {
          List<MailboxEvent> events = new ArrayList<>();
          ((Collection<?>) args[2]).forEach(event -> events.add((MailboxEvent) event));
          return sound.call(
              args[0], args[1], events.subList(0, Math.min(1, events.size())), args[3]);
        });
  }

  private static UnaryOperator<ServicePorts> listShort() {
    return replace(
        "ChildStore.list",
        (sound, args) -> {
          ChildStore.Page page = join(sound.call(args));
          List<ChildItem> items = page.items();
          return done(
              new ChildStore.Page(items.subList(0, Math.max(0, items.size() - 1)), page.next()));
        });
  }

  private static UnaryOperator<ServicePorts> forgetSequence() {
    return replace(
        "SessionStore.apply",
        (sound, args) -> {
          SessionState s = (SessionState) args[0];
          long seq = Math.max(0, s.lastSeq() - 1);
          return sound.call(
              new SessionState(
                  s.id(),
                  s.touched(),
                  s.status(),
                  s.timeoutMillis(),
                  s.process(),
                  s.epoch(),
                  s.token(),
                  s.opened(),
                  seq,
                  s.lastRecord()),
              args[1]);
        });
  }

  private static ServicePorts neverFence(ServicePorts ports) {
    return replace(
            "ProcessRegistry.fence", (sound, args) -> ports.processes().read((String) args[0]))
        .apply(ports);
  }

  /** Whoever looks at a lease sees it stand still, and is believed. */
  private static ServicePorts standStill(ServicePorts ports) {
    return replace("ProcessRegistry.read", (sound, args) -> still(sound.call(args)))
        .andThen(
            replace(
                "ProcessRegistry.list",
                (sound, args) ->
                    sound
                        .call(args)
                        .thenApply(
                            rows -> ((List<?>) rows).stream().map(Mutations::stillRow).toList())))
        .andThen(
            replace(
                "ProcessRegistry.fence",
                (sound, args) -> {
                  Optional<ProcessRow> row = join(ports.processes().read((String) args[0]));
                  return sound.call(
                      args[0], row.map(ProcessRow::counter).orElse((Long) args[1]), args[2]);
                }))
        .apply(ports);
  }

  private static CompletionStage<?> still(CompletionStage<?> row) {
    return row.thenApply(found -> ((Optional<?>) found).map(Mutations::stillRow));
  }

  private static ProcessRow stillRow(Object row) {
    ProcessRow r = (ProcessRow) row;
    return new ProcessRow(r.name(), 0, r.timeoutMillis(), r.address(), r.fenced());
  }

  /** Each creation is applied once more when its child may be gone, and what is left is kept. */
  private static ServicePorts leaveStrays(ServicePorts ports) {
    return lateCreations()
        .andThen(
            replace(
                "ChildStore.remove",
                (sound, args) ->
                    ((ChildItem.Version) args[2]).alive()
                        ? CompletableFuture.completedFuture(null)
                        : sound.call(args)))
        .apply(ports);
  }

  /**
   * No bug, but what a late copy of a distributor does: a creation is applied once more. Not one of
   * the tidying at the end: a copy that is later than the last listing is found by the next one.
   */
  static UnaryOperator<ServicePorts> lateCreations() {
    AtomicInteger calls = new AtomicInteger();
    return ports ->
        replace(
                "ChildStore.apply",
                (sound, args) -> {
                  if (((ChildItem.Version) args[2]).alive()
                      && !args[1].equals("tidy")
                      && calls.incrementAndGet() <= LATE_CREATIONS) {
                    Object[] late = args.clone();
                    late[4] = Deadline.NONE;
                    ports.scheduler().schedule(Duration.ofSeconds(2), () -> sound.call(late));
                  }
                  return sound.call(args);
                })
            .apply(ports);
  }

  private static UnaryOperator<ServicePorts> changeMeta(UnaryOperator<NodeMeta> change) {
    return replace(
        "NodeStore.read",
        (sound, args) -> {
          StoredNode node = join(sound.call(args));
          byte[] data = Objects.requireNonNullElse(node.data(), new byte[0]);
          return done(
              node.meta().isEmpty()
                  ? node
                  : new StoredNode(
                      node.touched(), node.meta().map(change), data, node.interested()));
        });
  }

  private static UnaryOperator<ServicePorts> readOpenAcls() {
    return changeMeta(meta -> new NodeMeta(meta.stat(), Acl.OPEN, meta.childSum()));
  }

  private static UnaryOperator<ServicePorts> readOldCversion() {
    return changeMeta(
        meta -> {
          NodeStat stat = meta.stat();
          int cversion = Math.max(0, stat.cversion() - 2);
          return new NodeMeta(
              stat.withChildren(stat.pzxid(), cversion, stat.numChildren()),
              meta.acl(),
              meta.childSum());
        });
  }

  private static UnaryOperator<ServicePorts> logPartOfMulti() {
    return logOther(Mutations::withoutLast);
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

  private static UnaryOperator<ServicePorts> mailboxTwice() {
    return replace(
        "Mailbox.add",
        (sound, args) -> {
          List<MailboxEvent> events = new ArrayList<>();
          for (Object each : (Collection<?>) args[2]) {
            MailboxEvent event = (MailboxEvent) each;
            events.add(event);
            events.add(
                new MailboxEvent(event.index() + 100, event.kind(), event.path(), event.acl()));
          }
          return sound.call(args[0], args[1], events, args[3]);
        });
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
                e.nodes().stream().map(Mutations::withoutAcl).toList(),
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

  private static UnaryOperator<ServicePorts> listFirstPage() {
    return replace(
        "ChildStore.list",
        (sound, args) -> {
          ChildStore.Page page = join(sound.call(args));
          List<ChildItem> items = page.items();
          return done(new ChildStore.Page(items.subList(0, Math.min(3, items.size())), null));
        });
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
}
