package io.faaskeeper.client;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Push;
import io.faaskeeper.port.Mailbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is known of a process's mailbox complete, from pushes where they prove it and from the
 * mailbox itself where they don't.
 *
 * <p>A push continues what is known if it is complete from there on, and was made under the newest
 * generation of recursive watches that this process put. Reading the mailbox up to what a push
 * proved to be applied gives all events of watches on nodes; as soon as the process has a recursive
 * watch, or is about to, only what the watermark has passed counts, since the events of one that
 * was just put are added before the watermark moves, and perhaps after the push.
 *
 * <p>To be used in tasks of the run queue.
 */
final class MailboxReader {
  private static final Logger LOG = LoggerFactory.getLogger(MailboxReader.class);
  private static final int RETRY_FIRST_MILLIS = 50;
  private static final int RETRY_MAX_MILLIS = 1_000;

  /** What the process does about it. */
  interface Listener {
    /** An event of a node that was not seen before. */
    void nodeEvent(long zxid, MailboxEvent event);

    /** A session was taken, as was perhaps told before. */
    void sessionTaken(long zxid, long sessionId);

    /** {@link MailboxReader#known} has moved. */
    void known();
  }

  private final RunQueue queue;
  private final Mailbox mailbox;
  private final String process;
  private final Frontier frontier;
  private final Subscriptions subscriptions;
  private final Listener listener;
  private final MailboxCache cache = new MailboxCache();
  private final List<Waiter> waiters = new ArrayList<>();

  /** Nothing up to this zxid was passed over, not even what no view needed. */
  private long complete;

  private long wanted;
  private long wantedComplete;
  private boolean reading;
  private boolean stopped;
  private int retryMillis = RETRY_FIRST_MILLIS;

  private record Waiter(long zxid, Runnable task) {}

  MailboxReader(
      RunQueue queue,
      Mailbox mailbox,
      String process,
      Frontier frontier,
      Subscriptions subscriptions,
      Listener listener) {
    this.queue = queue;
    this.mailbox = mailbox;
    this.process = process;
    this.frontier = frontier;
    this.subscriptions = subscriptions;
    this.listener = listener;
  }

  /** The process is new: there can be nothing in its mailbox up to the watermark. */
  void start(long watermark) {
    cache.restart(watermark);
    complete = watermark;
  }

  /** All events of nodes up to this zxid are here. */
  long known() {
    return cache.known();
  }

  int size() {
    return cache.size();
  }

  SortedMap<Long, SortedSet<MailboxEvent>> between(long after, long upTo) {
    if (after < cache.floor()) {
      throw new IllegalStateException(
          "events after " + after + " are asked for, those up to " + cache.floor() + " are gone");
    }
    return cache.between(after, upTo);
  }

  void forget(long upTo) {
    cache.forget(upTo);
  }

  /**
   * Takes what a push brings.
   *
   * @param lowestWatchingView the lowest view of a session that waits for events: what is before it
   *     need not be known
   * @return whether all up to the push's {@code upTo} is known now
   */
  boolean push(Push push, LongSupplier lowestWatchingView) {
    boolean current = push.generation() >= subscriptions.recursiveGeneration();
    if (current && push.completeFrom() > cache.known() && push.completeFrom() <= push.upTo()) {
      if (push.completeFrom() <= lowestWatchingView.getAsLong()) {
        cache.restart(push.completeFrom());
      }
    }
    push.events().forEach(this::add);
    if (current && push.completeFrom() <= complete) {
      complete = Math.max(complete, push.upTo());
    }
    if (current && push.completeFrom() <= cache.known()) {
      extend(push.upTo());
    }
    return cache.known() >= push.upTo();
  }

  /** Reads the mailbox, if need be, until all events of nodes up to this zxid are known. */
  void want(long zxid) {
    wanted = Math.max(wanted, zxid);
    fetch();
  }

  /** Reads the mailbox, if need be, until nothing up to this zxid is missing; then the task. */
  void whenComplete(long zxid, Runnable task) {
    if (complete >= zxid) {
      task.run();
    } else {
      waiters.add(new Waiter(zxid, task));
      wantedComplete = Math.max(wantedComplete, zxid);
      fetch();
    }
  }

  void stop() {
    stopped = true;
  }

  /** Goes on when the frontier has moved. */
  void fetch() {
    boolean lacking = cache.known() < wanted || complete < wantedComplete;
    if (reading || stopped || !lacking) {
      return;
    }
    boolean recursive = subscriptions.anyRecursive();
    long proven = recursive ? frontier.watermark() : frontier.applied();
    long target = Math.max(cache.known() < wanted ? wanted : 0, wantedComplete);
    if (proven < target) {
      if (recursive) {
        frontier.awaitWatermark(target);
      } else {
        frontier.awaitApplied(target);
      }
      return;
    }
    read(proven);
  }

  private void read(long proven) {
    reading = true;
    long watermark = frontier.watermark();
    long puts = subscriptions.recursivePuts();
    queue.on(
        mailbox.read(process, complete, proven),
        items -> {
          reading = false;
          retryMillis = RETRY_FIRST_MILLIS;
          items.forEach(this::add);
          boolean same = puts == subscriptions.recursivePuts();
          long to = same ? proven : Math.min(proven, watermark);
          complete = Math.max(complete, to);
          extend(to);
          runWaiters();
          fetch();
        },
        this::failed);
  }

  private void failed(Throwable failure) {
    LOG.debug("the mailbox could not be read, it is tried again", failure);
    queue.after(
        retryMillis,
        () -> {
          reading = false;
          fetch();
        });
    retryMillis = Math.min(2 * retryMillis, RETRY_MAX_MILLIS);
  }

  private void add(long zxid, Collection<MailboxEvent> events) {
    List<MailboxEvent> ofNodes = new ArrayList<>(events.size());
    for (MailboxEvent event : events) {
      if (event.kind() == MailboxEvent.Kind.SESSION_TAKEN) {
        listener.sessionTaken(zxid, Long.parseLong(event.path()));
      } else {
        ofNodes.add(event);
      }
    }
    for (MailboxEvent event : cache.add(zxid, ofNodes)) {
      listener.nodeEvent(zxid, event);
    }
  }

  private void extend(long to) {
    if (to > cache.known()) {
      cache.extend(to);
      listener.known();
    }
  }

  private void runWaiters() {
    List<Waiter> ready = waiters.stream().filter(w -> w.zxid() <= complete).toList();
    waiters.removeAll(ready);
    ready.forEach(waiter -> waiter.task().run());
  }
}
