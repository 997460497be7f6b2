package io.faaskeeper.service;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
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

/**
 * Brings a group of records to user storage, mailboxes and clients, and moves the watermark:
 *
 * <ol>
 *   <li>each changed item once, in parallel, on the condition that it was touched before; the call
 *       returns who is interested;
 *   <li>the events into the mailboxes, in parallel;
 *   <li>the watermark, and beside it answers and events over the client channel.
 * </ol>
 *
 * <p>Every step may be repeated, by this copy or another one. Not thread-safe: one group at a time.
 */
final class Distribution {
  /**
   * The group is bounded so that its writes fit the function's time even if one partition takes
   * them all.
   */
  static final int MAX_CHANGES_PER_GROUP = 2_000;

  private static final int MAX_MAILBOX_ITEMS = 500;

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
    this.recursive = new RecursiveWatches(ports.watermarks());
  }

  /**
   * Distributes a group that follows the watermark.
   *
   * @param from the watermark as last seen: at the record before the group, or further
   * @return the watermark after it: at the group's last record, or where another copy has brought
   *     it
   */
  CompletionStage<Watermark> distribute(Group group, Watermark from, Deadline deadline) {
    Map<Subscription, Set<String>> gonePaths = new HashMap<>();
    return recursive
        .refresh(from.generation())
        .thenCompose(known -> apply(group, deadline))
        .thenCompose(
            interest -> {
              Deliveries deliveries = new Deliveries(group, interest, recursive.watches());
              interest.forEach(
                  (path, subscriptions) ->
                      subscriptions.forEach(
                          s -> gonePaths.computeIfAbsent(s, x -> new TreeSet<>()).add(path)));
              return deliver(deliveries.byProcess(), deadline).thenApply(done -> deliveries);
            })
        .thenCompose(deliveries -> finish(group, from, deliveries, gonePaths, deadline));
  }

  private CompletionStage<Map<String, Set<Subscription>>> apply(Group group, Deadline deadline) {
    Map<String, CompletionStage<Set<Subscription>>> nodes = new HashMap<>();
    List<CompletionStage<?>> writes = new ArrayList<>();
    for (NodeUpdate update : group.nodes()) {
      CompletionStage<Set<Subscription>> write = ports.nodes().apply(update, deadline);
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
      writes.add(ports.children().remove(c.parent(), c.name(), c.current().zxid(), deadline));
    }
    return Async.all(writes)
        .thenApply(
            done -> {
              gone.clear();
              Map<String, Set<Subscription>> interest = new HashMap<>();
              nodes.forEach(
                  (path, write) -> interest.put(path, write.toCompletableFuture().join()));
              return interest;
            });
  }

  private CompletionStage<Void> deliver(
      Map<String, SortedMap<Long, List<MailboxEvent>>> byProcess, Deadline deadline) {
    int items = byProcess.values().stream().mapToInt(Map::size).sum();
    List<CompletionStage<?>> puts = new ArrayList<>();
    if (items <= MAX_MAILBOX_ITEMS) {
      byProcess.forEach(
          (process, events) ->
              events.forEach(
                  (zxid, list) -> puts.add(ports.mailbox().add(process, zxid, list, deadline))));
      return Async.all(puts);
    }
    List<WatchFunction.Delivery> range = new ArrayList<>();
    int inRange = 0;
    for (Map.Entry<String, SortedMap<Long, List<MailboxEvent>>> e : byProcess.entrySet()) {
      range.add(new WatchFunction.Delivery(e.getKey(), e.getValue()));
      inRange += e.getValue().size();
      if (inRange >= MAX_MAILBOX_ITEMS) {
        puts.add(watch.deliver(List.copyOf(range), deadline));
        range.clear();
        inRange = 0;
      }
    }
    if (!range.isEmpty()) {
      puts.add(watch.deliver(List.copyOf(range), deadline));
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
    long generation = recursive.generation();
    // A session's creation is answered only when the heartbeat is known to be on.
    return advance(group, from, deadline)
        .thenCompose(
            advance ->
                group.opensSession() && !advance.now().heartbeat()
                    ? ports
                        .watermarks()
                        .setHeartbeat(true)
                        .thenApply(now -> new Watermarks.Advance(advance.done(), now))
                    : Async.done().thenApply(done -> advance))
        .thenCompose(
            advance -> {
              if (advance.now().record() < group.lastRecord()) {
                return Async.done().thenApply(done -> advance.now());
              }
              // Events of recursive watches that came in between are in the mailboxes alone.
              boolean claim = advance.done() && generation == recursive.generation();
              if (claim) {
                completeness.follow(from.zxid(), group.lastZxid());
              }
              return push(group, deliveries, interest, claim).thenApply(done -> advance.now());
            });
  }

  private CompletionStage<Watermarks.Advance> advance(
      Group group, Watermark from, Deadline deadline) {
    Watermark expected =
        new Watermark(from.record(), from.zxid(), recursive.generation(), from.heartbeat());
    return ports
        .watermarks()
        .advance(expected, group.lastRecord(), group.lastZxid(), deadline)
        .thenCompose(advance -> advanced(group, from, advance, deadline));
  }

  private CompletionStage<Watermarks.Advance> advanced(
      Group group, Watermark from, Watermarks.Advance advance, Deadline deadline) {
    Watermark now = advance.now();
    if (advance.done()) {
      for (Group.ChildUpdate c : group.children()) {
        if (!c.current().alive()) {
          gone.add(c);
        }
      }
    } else if (now.record() == from.record() && now.generation() != recursive.generation()) {
      completeness.lost();
      return recursive
          .refresh(now.generation())
          .thenCompose(
              known ->
                  deliver(
                      new Deliveries(group, Map.of(), recursive.watches()).byProcess(), deadline))
          .thenCompose(done -> advance(group, from, deadline));
    } else {
      completeness.lost();
    }
    return Async.done().thenApply(done -> advance);
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
