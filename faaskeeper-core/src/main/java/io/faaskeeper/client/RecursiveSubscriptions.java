package io.faaskeeper.client;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.zookeeper.server.watch.PathParentIterator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subtrees a process has subscribed to. To be used in tasks of the run queue.
 *
 * <p>A push tells the generation of the set of recursive watches under which its events were
 * computed; one older than the last put of this process may lack some.
 */
final class RecursiveSubscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(RecursiveSubscriptions.class);

  private final RunQueue queue;
  private final Watermarks watermarks;
  private final Supplier<Subscription> newSubscription;
  private final Map<String, Entry> entries = new HashMap<>();
  private long generation;
  private long puts;
  private int putsInFlight;

  private static final class Entry {
    final Subscription subscription;

    /** Operations that may arm a watch here. */
    int arming;

    @Nullable CompletableFuture<Long> put;

    Entry(Subscription subscription) {
      this.subscription = subscription;
    }
  }

  RecursiveSubscriptions(
      RunQueue queue, Watermarks watermarks, Supplier<Subscription> newSubscription) {
    this.queue = queue;
    this.watermarks = watermarks;
    this.newSubscription = newSubscription;
  }

  /** An operation that may arm a recursive watch begins; {@link #disarm} ends it. */
  void arm(String path) {
    entry(path).arming++;
  }

  void disarm(String path) {
    Entry entry = entry(path);
    entry.arming--;
    if (entry.arming == 0 && entry.put == null) {
      entries.remove(path);
    }
  }

  private Entry entry(String path) {
    return entries.computeIfAbsent(path, p -> new Entry(newSubscription.get()));
  }

  /**
   * Subscribes to a subtree, unless the process is. To be called between {@link #arm} and {@link
   * #disarm}.
   *
   * @return a zxid: all events of the subtree after it will come
   */
  CompletionStage<Long> subscribe(String path) {
    Entry entry = entry(path);
    CompletableFuture<Long> running = entry.put;
    if (running != null && !running.isCompletedExceptionally()) {
      return running;
    }
    CompletableFuture<Long> put = new CompletableFuture<>();
    entry.put = put;
    puts++;
    putsInFlight++;
    queue.on(
        watermarks.watchRecursively(path, entry.subscription),
        armed -> done(put, armed),
        failure -> {
          putsInFlight--;
          put.completeExceptionally(failure);
        });
    return put;
  }

  private void done(CompletableFuture<Long> put, Watermark armed) {
    putsInFlight--;
    generation = Math.max(generation, armed.generation());
    put.complete(armed.zxid());
  }

  /** Whether there is a recursive watch, or one may be about to be armed. */
  boolean any() {
    return !entries.isEmpty();
  }

  /**
   * The generation from which on pushes hold the events of all recursive watches of this process;
   * {@code Long.MAX_VALUE} while that is being settled.
   */
  long generation() {
    return putsInFlight > 0 ? Long.MAX_VALUE : generation;
  }

  /** How often a subtree was asked for: what began before such a put does not know of it. */
  long puts() {
    return puts;
  }

  /** An event of this node came: subscriptions above it that nobody needs are taken back. */
  void event(String path, Predicate<String> watched) {
    if (entries.isEmpty()) {
      return;
    }
    for (String above : PathParentIterator.forAll(path).asIterable()) {
      Entry entry = entries.get(above);
      if (entry != null && entry.arming == 0 && !watched.test(above)) {
        entries.remove(above);
        unsubscribe(above, entry);
      }
    }
  }

  private void unsubscribe(String path, Entry entry) {
    watermarks
        .unwatchRecursively(path, entry.subscription)
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOG.debug("{} could not be unsubscribed; its events are ignored", path, failure);
              }
            });
  }
}
