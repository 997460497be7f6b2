package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.WatchFunction;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a group of records to user storage, mailboxes and clients, and moves the watermark:
 *
 * <ol>
 *   <li>each changed item once, in parallel, on the condition that it was touched before; the call
 *       returns who is interested;
 *   <li>the events into the mailboxes, in parallel;
 *   <li>the watermark, and beside it answers and events over the client channel;
 *   <li>data that was replaced is removed.
 * </ol>
 *
 * <p>Every step may be repeated, by this copy or another one. Not thread-safe: one group at a time.
 */
final class Distribution {
  private static final Logger LOG = LoggerFactory.getLogger(Distribution.class);

  /**
   * The group is bounded so that its writes fit the function's time even if one partition takes
   * them all.
   */
  static final int MAX_CHANGES_PER_GROUP = 2_000;

  private final ServicePorts ports;
  private final WatchFunction watch;
  private final Pusher pusher;
  private final Answers answers;
  private final RecursiveWatches recursive;
  private final boolean answerFirst;
  private final Completeness completeness = new Completeness();
  private final List<Group.ChildUpdate> gone = new ArrayList<>();

  /**
   * A distributor that has distributed nothing yet.
   *
   * @param answerFirst whether answers go out beside the watermark's move, or after it
   */
  Distribution(
      ServicePorts ports,
      WatchFunction watch,
      Pusher pusher,
      Answers answers,
      boolean answerFirst) {
    this.ports = ports;
    this.answerFirst = answerFirst;
    this.watch = watch;
    this.pusher = pusher;
    this.answers = answers;
    this.recursive = new RecursiveWatches(ports.watermarks(), ports.clock());
  }

  /**
   * Distributes a group that follows the watermark.
   *
   * @param from the watermark as last seen: at the record before the group, or further
   * @return the watermark after it: at the group's last record, or where another copy has brought
   *     it
   */
  CompletionStage<Watermark> distribute(Group group, Watermark from, Deadline deadline) {
    return recursive
        .refresh(from.generation())
        .thenCompose(known -> apply(group, deadline))
        .thenCompose(
            applied ->
                tell(group, from, interest(applied), deadline)
                    .thenCompose(now -> discard(group, applied, now, deadline)));
  }

  private static Map<String, Set<Subscription>> interest(Map<String, NodeStore.Applied> applied) {
    Map<String, Set<Subscription>> interest = new HashMap<>();
    applied.forEach((path, node) -> interest.put(path, node.interested()));
    return interest;
  }

  private CompletionStage<Watermark> tell(
      Group group, Watermark from, Map<String, Set<Subscription>> interest, Deadline deadline) {
    Map<Subscription, Set<String>> paths = new HashMap<>();
    interest.forEach(
        (path, subscriptions) ->
            subscriptions.forEach(s -> paths.computeIfAbsent(s, x -> new TreeSet<>()).add(path)));
    Deliveries deliveries = new Deliveries(group, interest, recursive.watches());
    return deliver(deliveries.byProcess(), deadline)
        .thenCompose(done -> finish(group, from, deliveries, paths, deadline));
  }

  /** Removes data that nobody reads any more. What can't be removed is left; it costs its bytes. */
  private CompletionStage<Watermark> discard(
      Group group, Map<String, NodeStore.Applied> applied, Watermark now, Deadline deadline) {
    List<CompletionStage<?>> removals = new ArrayList<>();
    applied.forEach(
        (path, node) -> {
          if (node.replaced() != 0 && now.record() >= group.lastRecord()) {
            removals.add(
                ports
                    .nodes()
                    .discard(path, node.replaced(), deadline)
                    .exceptionally(
                        failure -> {
                          LOG.warn("replaced data of {} is left", path, Async.cause(failure));
                          return null;
                        }));
          }
        });
    return Async.all(removals).thenApply(done -> now);
  }

  private CompletionStage<Map<String, NodeStore.Applied>> apply(Group group, Deadline deadline) {
    Map<String, CompletionStage<NodeStore.Applied>> nodes = new HashMap<>();
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (NodeUpdate update : group.nodes()) {
      CompletionStage<NodeStore.Applied> write = ports.nodes().apply(update, deadline);
      nodes.put(update.path(), write);
      writes.add(write);
    }
    for (Group.ChildUpdate c : group.children()) {
      writes.add(ports.children().apply(c.parent(), c.name(), c.current(), c.previous(), deadline));
    }
    for (SessionState session : group.sessions()) {
      writes.add(ports.sessions().apply(session, deadline));
    }
    for (OwnerChange change : group.owners()) {
      writes.add(
          change.put()
              ? ports.owners().put(change.owner(), change.entry(), deadline)
              : ports.owners().remove(change.owner(), change.entry(), deadline));
    }
    for (Group.ChildUpdate c : gone) {
      writes.add(ports.children().remove(c.parent(), c.name(), c.current(), deadline));
    }
    return Async.all(writes)
        .thenApply(
            done -> {
              gone.clear();
              Map<String, NodeStore.Applied> applied = new HashMap<>();
              nodes.forEach((path, write) -> applied.put(path, write.toCompletableFuture().join()));
              return applied;
            });
  }

  private CompletionStage<Void> deliver(
      Map<String, SortedMap<Long, List<MailboxEvent>>> byProcess, Deadline deadline) {
    int items = byProcess.values().stream().mapToInt(Map::size).sum();
    List<CompletionStage<?>> puts = new ArrayList<>();
    if (items <= WatchRanges.MAX_ITEMS) {
      byProcess.forEach(
          (process, events) ->
              events.forEach(
                  (zxid, list) -> puts.add(ports.mailbox().add(process, zxid, list, deadline))));
      return Async.all(puts);
    }
    for (List<WatchFunction.Delivery> range : WatchRanges.of(byProcess)) {
      puts.add(watch.deliver(range, deadline));
    }
    return Async.all(puts);
  }

  private CompletionStage<Watermark> finish(
      Group group,
      Watermark from,
      Deliveries deliveries,
      Map<Subscription, Set<String>> interest,
      Deadline deadline) {
    if (answerFirst && !group.opensSession()) {
      completeness.follow(from.zxid(), group.lastZxid());
      CompletionStage<Void> pushed = push(group, deliveries, interest, true);
      return pushed.thenCombine(advance(group, from, deadline), (done, advance) -> advance.now());
    }
    // The watermark passes the beginning of a session only while the heartbeat is on: whoever
    // repeats this after a death finds nothing to be done then.
    return withHeartbeat(group, from)
        .thenCompose(done -> advance(group, from, deadline))
        .thenCompose(
            moved -> {
              if (moved.now().record() < group.lastRecord()) {
                return Async.done().thenApply(done -> moved.now());
              }
              if (moved.asComputed()) {
                completeness.follow(from.zxid(), group.lastZxid());
              }
              return push(group, deliveries, interest, moved.asComputed())
                  .thenApply(done -> moved.now());
            });
  }

  private CompletionStage<Void> withHeartbeat(Group group, Watermark now) {
    return group.opensSession() && !now.heartbeat()
        ? ports.watermarks().switchOn().thenAccept(on -> {})
        : Async.done();
  }

  /**
   * What became of the watermark.
   *
   * @param now where it is
   * @param asComputed whether this copy moved it under the generation with which the events were
   *     computed
   */
  private record Moved(Watermark now, boolean asComputed) {}

  private CompletionStage<Moved> advance(Group group, Watermark from, Deadline deadline) {
    Watermark expected =
        new Watermark(from.record(), from.zxid(), recursive.generation(), group.opensSession());
    return ports
        .watermarks()
        .advance(expected, group.lastRecord(), group.lastZxid(), deadline)
        .thenCompose(advance -> advanced(group, from, advance, deadline));
  }

  private CompletionStage<Moved> advanced(
      Group group, Watermark from, Watermarks.Advance advance, Deadline deadline) {
    Watermark now = advance.now();
    if (advance.done()) {
      for (Group.ChildUpdate c : group.children()) {
        if (!c.current().alive()) {
          gone.add(c);
        }
      }
      return Async.done().thenApply(done -> new Moved(now, true));
    }
    if (now.record() == from.record() && group.opensSession() && !now.heartbeat()) {
      return withHeartbeat(group, now).thenCompose(done -> advance(group, from, deadline));
    }
    completeness.lost();
    if (now.record() == from.record() && now.generation() != recursive.generation()) {
      // Somebody watches recursively since: what is missing goes to the mailboxes before the
      // watermark moves.
      return recursive
          .refresh(now.generation())
          .thenCompose(
              known ->
                  deliver(
                      new Deliveries(group, Map.of(), recursive.watches()).byProcess(), deadline))
          .thenCompose(done -> advance(group, from, deadline))
          .thenApply(moved -> new Moved(moved.now(), false));
    }
    return Async.done().thenApply(done -> new Moved(now, false));
  }

  private CompletionStage<Void> push(
      Group group, Deliveries deliveries, Map<Subscription, Set<String>> interest, boolean claim) {
    Map<String, List<Push.Answer>> byProcess = new HashMap<>();
    for (LogRecord record : group.records()) {
      for (LogEntry entry : record.entries()) {
        SessionState session = entry.session();
        if (session != null && entry.answer()) {
          byProcess
              .computeIfAbsent(session.process(), p -> new ArrayList<>())
              .add(answers.of(entry, session));
        }
      }
    }
    Set<String> processes = new TreeSet<>(byProcess.keySet());
    processes.addAll(deliveries.byProcess().keySet());
    List<CompletionStage<?>> pushes = new ArrayList<>();
    for (String process : processes) {
      Push push =
          new Push(
              process,
              recursive.generation(),
              claim ? completeness.completeFrom(process) : Push.NEVER,
              group.lastZxid(),
              deliveries.byProcess().getOrDefault(process, new TreeMap<>()),
              byProcess.getOrDefault(process, List.of()),
              List.of());
      if (claim) {
        completeness.pushed(process, group.lastZxid());
      }
      pushes.add(
          pusher
              .push(push)
              .thenCompose(found -> found ? Async.done() : unsubscribe(process, interest)));
    }
    return Async.all(pushes);
  }

  /** Nobody is there any more: what the process was interested in need not be told again. */
  private CompletionStage<Void> unsubscribe(
      String process, Map<Subscription, Set<String>> interest) {
    List<CompletionStage<?>> removals = new ArrayList<>();
    interest.forEach(
        (subscription, paths) -> {
          if (subscription.process().equals(process)) {
            paths.forEach(path -> removals.add(ports.nodes().unsubscribe(path, subscription)));
          }
        });
    recursive.watches().stream()
        .filter(w -> w.subscription().process().equals(process))
        .forEach(
            w -> removals.add(ports.watermarks().unwatchRecursively(w.path(), w.subscription())));
    return Async.all(removals);
  }

  /** Answers that no record gives, or gave before. True of what the watermark has passed. */
  CompletionStage<Void> answer(
      String process, List<Push.Answer> what, List<Push.SyncAnswer> syncs, long upTo) {
    return pusher
        .push(
            new Push(
                process, recursive.generation(), Push.NEVER, upTo, new TreeMap<>(), what, syncs))
        .thenApply(found -> null);
  }
}
