package io.faaskeeper.client;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermarks;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes a process has subscribed to, whoever of its sessions watches them. A subscription is
 * made by the first read that arms a watch on a node, and taken back when an event finds nobody who
 * waits and nobody who is about to; so to arm a watch again after its event costs nothing.
 *
 * <p>To be used in tasks of the run queue.
 */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final RunQueue queue;
  private final NodeStore nodes;
  private final String process;
  private final RecursiveSubscriptions recursive;
  private final Map<String, Entry> entries = new HashMap<>();
  private long generations;

  private static final class Entry {
    final Subscription subscription;

    /** Reads that may arm a watch here. */
    int arming;

    /** Whether it may be in storage. */
    boolean asked;

    /** Whether it is in storage. */
    boolean confirmed;

    long confirmedNanos;

    Entry(Subscription subscription) {
      this.subscription = subscription;
    }
  }

  Subscriptions(RunQueue queue, NodeStore nodes, Watermarks watermarks, String process) {
    this.queue = queue;
    this.nodes = nodes;
    this.process = process;
    this.recursive = new RecursiveSubscriptions(queue, watermarks, this::newSubscription);
  }

  private Subscription newSubscription() {
    return new Subscription(process, ++generations);
  }

  /** Reads a node. */
  CompletionStage<StoredNode> read(String path, boolean withData) {
    return nodes.read(path, withData);
  }

  /** A read that may arm a watch on the node begins; {@link #disarm} ends it. */
  void arm(String path) {
    entry(path).arming++;
  }

  /** Such a read ended. Whether it armed a watch is known by then. */
  void disarm(String path) {
    Entry entry = entry(path);
    entry.arming--;
    if (entry.arming == 0 && !entry.asked) {
      entries.remove(path);
    }
  }

  private Entry entry(String path) {
    return entries.computeIfAbsent(path, p -> new Entry(newSubscription()));
  }

  /**
   * Reads a node to which the process is subscribed from then on: in one step with the read, unless
   * it was before. To be called between {@link #arm} and {@link #disarm}.
   */
  CompletionStage<StoredNode> readSubscribed(String path, boolean withData) {
    Entry entry = entry(path);
    return entry.confirmed ? nodes.read(path, withData) : subscribe(path, entry, withData);
  }

  private CompletionStage<StoredNode> subscribe(String path, Entry entry, boolean withData) {
    entry.asked = true;
    return nodes
        .subscribe(path, entry.subscription, withData)
        .thenApply(
            node -> {
              queue.execute(() -> confirm(entry));
              return node;
            });
  }

  private void confirm(Entry entry) {
    entry.confirmed = true;
    entry.confirmedNanos = queue.nanoTime();
  }

  /**
   * An event of this node came.
   *
   * @param watched whether a session watches a given node
   * @param watchedRecursively whether a session watches a given node recursively
   */
  void event(String path, Predicate<String> watched, Predicate<String> watchedRecursively) {
    Entry entry = entries.get(path);
    if (entry != null && entry.arming == 0 && !watched.test(path)) {
      entries.remove(path);
      unsubscribe(path, entry);
    }
    recursive.event(path, watchedRecursively);
  }

  private void unsubscribe(String path, Entry entry) {
    nodes
        .unsubscribe(path, entry.subscription)
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOG.debug("{} could not be unsubscribed; its events are ignored", path, failure);
              }
            });
  }

  /**
   * Keeps the subscriptions that are needed, and those alone, from expiring with the placeholder or
   * the tombstone that may hold them: to be called several times within its life.
   *
   * @param ageMillis how old a subscription must be to be looked at
   * @param watched whether a session watches a given node
   */
  void renew(long ageMillis, Predicate<String> watched) {
    Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Entry> next = all.next();
      Entry entry = next.getValue();
      if (entry.confirmed && queue.millisSince(entry.confirmedNanos) >= ageMillis) {
        if (entry.arming > 0 || watched.test(next.getKey())) {
          renew(next.getKey(), entry);
        } else {
          all.remove();
          unsubscribe(next.getKey(), entry);
        }
      }
    }
  }

  private void renew(String path, Entry entry) {
    queue.on(
        nodes.read(path, false),
        node -> {
          if (node.meta().isPresent()) {
            confirm(entry);
          } else {
            subscribeAgain(path, entry);
          }
        },
        failure -> LOG.debug("{} could not be read, it is tried again", path, failure));
  }

  private void subscribeAgain(String path, Entry entry) {
    queue.on(
        subscribe(path, entry, false),
        node -> LOG.debug("subscribed to {} again, which is absent", path),
        failure -> LOG.debug("{} could not be subscribed again, it is tried again", path, failure));
  }

  RecursiveSubscriptions recursive() {
    return recursive;
  }

  boolean anyRecursive() {
    return recursive.any();
  }

  /** See {@link RecursiveSubscriptions#generation}. */
  long recursiveGeneration() {
    return recursive.generation();
  }

  /** See {@link RecursiveSubscriptions#puts}. */
  long recursivePuts() {
    return recursive.puts();
  }

  /** Whether the process is known to be subscribed to this node. */
  boolean isSubscribed(String path) {
    @Nullable Entry entry = entries.get(path);
    return entry != null && entry.confirmed;
  }
}
