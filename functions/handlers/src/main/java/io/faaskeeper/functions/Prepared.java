package io.faaskeeper.functions;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a handler has ready for its events, one of which it works on at a time.
 *
 * <p>An event that is not done shortly before Lambda would end the instance is given up: it fails,
 * and the instance stays. What still runs of it must not meet the next event, so that one closes
 * all this and makes it anew.
 *
 * <p>Lambda's SnapStart takes a snapshot of an instance that has seen no event, and any number of
 * instances go on from it, at any later time. So the snapshot is to hold what makes a start slow,
 * loaded and linked classes, and nothing that may be there once only, or for a while: connections,
 * credentials, the state of random generators, clocks that were read, a view of the log. All that
 * is closed before the snapshot, and made anew by each instance that goes on.
 *
 * <p>Lambda calls the hooks while there is no event. It knows resources by weak references only:
 * the handler has to keep this.
 *
 * @param <T> what takes the events
 */
final class Prepared<T extends AutoCloseable> implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(Prepared.class);

  /** Does what an event with nothing in it would. */
  interface Rehearsal<T> {
    void run(T made) throws Exception;
  }

  private final Supplier<T> maker;
  private final Rehearsal<T> rehearsal;

  /** Still on its way if the one before was given up, and failed if it could not be made. */
  private CompletableFuture<T> made;

  private boolean givenUp;

  private Prepared(Supplier<T> maker, Rehearsal<T> rehearsal) {
    this.maker = maker;
    this.rehearsal = rehearsal;
    this.made = CompletableFuture.completedFuture(maker.get());
  }

  /**
   * Makes it, and has it told of snapshots.
   *
   * @param maker makes all of it
   * @param rehearsal run before a snapshot, so that what an event needs is loaded in it
   */
  static <T extends AutoCloseable> Prepared<T> of(Supplier<T> maker, Rehearsal<T> rehearsal) {
    Prepared<T> prepared = new Prepared<>(maker, rehearsal);
    Core.getGlobalContext().register(prepared);
    return prepared;
  }

  /**
   * What is made. To be called first with each event: here it is made anew if the last one was
   * given up.
   *
   * @param limit how long the caller can wait
   */
  T get(Duration limit) {
    if (givenUp || made.isCompletedExceptionally()) {
      givenUp = false;
      made = made.handleAsync(this::anew, Prepared::onAThread);
    }
    return join(made, limit);
  }

  /**
   * Waits for what an event has begun.
   *
   * @param limit how long the caller can wait
   * @throws OverdueException if that was not enough; what was begun may still be done
   */
  <R> R await(CompletionStage<R> begun, Duration limit) {
    try {
      return join(begun.toCompletableFuture(), limit);
    } catch (OverdueException e) {
      givenUp = true;
      throw e;
    }
  }

  private static <R> R join(CompletableFuture<R> stage, Duration limit) {
    try {
      return stage.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new OverdueException();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private T anew(@Nullable T old, @Nullable Throwable failure) {
    if (old != null) {
      try {
        old.close();
      } catch (Exception e) {
        LOG.warn("what was given up could not be closed", e);
      }
    }
    return maker.get();
  }

  private static void onAThread(Runnable task) {
    Thread thread = new Thread(task, "faaskeeper-anew");
    thread.setDaemon(true);
    thread.start();
  }

  /** A rehearsal that fails makes later starts slower: no reason to have no snapshot. */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws Exception {
    T now = made.join();
    try {
      rehearsal.run(now);
    } catch (Exception e) {
      LOG.warn("the rehearsal before the snapshot failed", e);
    } finally {
      now.close();
    }
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    made = CompletableFuture.completedFuture(maker.get());
  }
}
