package io.faaskeeper.client;

import io.faaskeeper.port.ChannelEndpoint;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of a process on its name: one row, whose counter it moves every third of the shortest
 * timeout of its sessions. It counts itself valid for two thirds of that timeout from the moment at
 * which it sent the last renewal that succeeded, and that brought it the watermark and its mailbox
 * too. {@link #isValid} is thread-safe, all else is for tasks of the run queue.
 *
 * <table>
 * <caption>States</caption>
 * <tr><th>state</th><th>what happens</th><th>next</th></tr>
 * <tr><td>NEW</td><td>a session is wanted</td><td>REGISTERING: the row is put, the channel
 * opened, the watermark read</td></tr>
 * <tr><td>REGISTERING</td><td>all done, in time</td><td>HELD</td></tr>
 * <tr><td>REGISTERING</td><td>all done, too late</td><td>LAPSED</td></tr>
 * <tr><td>HELD</td><td>two thirds pass since the last good renewal was sent</td><td>LAPSED: the
 * holder ends all connections</td></tr>
 * <tr><td>LAPSED</td><td>a renewal succeeds</td><td>HELD: nothing was lost</td></tr>
 * <tr><td>HELD, LAPSED</td><td>a renewal is refused</td><td>ENDED: the name is fenced</td></tr>
 * <tr><td>HELD, LAPSED</td><td>no session was wanted for a minute</td><td>ENDED: given up</td></tr>
 * </table>
 */
final class ProcessLease {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessLease.class);
  private static final int RETRY_MIN_MILLIS = 20;
  private static final long IDLE_MAX_MILLIS = 60_000;

  /** Older than this, subscriptions and mailbox may have expired. */
  private static final long PAUSE_MAX_MILLIS = 6 * 3_600_000L;

  /** What the process does about it. */
  interface Holder {
    /** The shortest timeout of a session that is held or wanted, or {@code Integer.MAX_VALUE}. */
    int shortestTimeoutMillis();

    /** The row is there; this is the first view. */
    void started(Watermark watermark);

    /** A renewal read the watermark: calls back when the mailbox was read up to there. */
    void catchUp(Watermark watermark, Runnable done);

    /** A renewal was sent. */
    void renewing();

    /** Every view and mailbox is as new as this renewal. */
    void renewed();

    void lapsed();

    /** The lease was lost and is held again. */
    void regained();

    void fenced();

    /** No session was wanted for long. */
    void idle();
  }

  private enum State {
    NEW,
    REGISTERING,
    HELD,
    LAPSED,
    ENDED
  }

  private final RunQueue queue;
  private final ProcessRegistry registry;
  private final Watermarks watermarks;
  private final ProcessIdentity identity;
  private final ChannelEndpoint channel;
  private final int maxTimeoutMillis;
  private final Holder holder;

  private final LeaseTerm term;
  private final List<Waiter> waiters = new ArrayList<>();
  private State state = State.NEW;

  private long counter;
  private long neededNanos;
  private int failures;
  private Scheduler.@Nullable Cancellable renewTimer;
  private Scheduler.@Nullable Cancellable lapseTimer;

  private record Waiter(int timeoutMillis, Runnable ready) {}

  ProcessLease(
      RunQueue queue,
      ProcessRegistry registry,
      Watermarks watermarks,
      ChannelEndpoint channel,
      ProcessIdentity identity,
      int maxTimeoutMillis,
      Holder holder) {
    this.queue = queue;
    this.term = new LeaseTerm(queue);
    this.registry = registry;
    this.watermarks = watermarks;
    this.identity = identity;
    this.channel = channel;
    this.maxTimeoutMillis = maxTimeoutMillis;
    this.holder = holder;
  }

  /** Whether the lease is held now. */
  boolean isValid() {
    return term.isValid();
  }

  /**
   * Goes on when the lease is held under a timeout not longer than this, which the holder already
   * counts among those wanted.
   */
  void require(int timeoutMillis, Runnable ready) {
    if (state == State.HELD && isValid() && term.rowTimeoutMillis() <= timeoutMillis) {
      ready.run();
      return;
    }
    waiters.add(new Waiter(timeoutMillis, ready));
    if (state == State.NEW) {
      register();
    } else if (state == State.HELD) {
      renew();
    }
  }

  /** Something says that the name may be fenced. */
  void doubt() {
    if (state == State.HELD && !term.anyInFlight()) {
      renew();
    }
  }

  /** Takes note that the time is over, if it is. */
  void checkLapse() {
    if (state == State.HELD && !isValid()) {
      state = State.LAPSED;
      term.end();
      LOG.warn("process {} could not renew its lease in time: its connections end", identity);
      holder.lapsed();
    }
  }

  /** Does nothing more. */
  void stop() {
    state = State.ENDED;
    term.end();
    waiters.clear();
    cancel(renewTimer);
    cancel(lapseTimer);
  }

  /** Where the counter stands, or -1 if there may be no row. */
  long counter() {
    return state == State.NEW || state == State.REGISTERING ? -1 : counter;
  }

  private static void cancel(Scheduler.@Nullable Cancellable timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private int timeoutMillis() {
    return Math.min(holder.shortestTimeoutMillis(), maxTimeoutMillis);
  }

  private void register() {
    state = State.REGISTERING;
    int timeout = timeoutMillis();
    long sent = queue.nanoTime();
    String name = identity.name();
    queue.onDone(
        registry
            .register(name, identity.secret(), timeout, channel.address(name))
            .thenCompose(done -> channel.open(name)),
        () -> registered(timeout, sent),
        this::registrationFailed);
  }

  private void registered(int timeout, long sent) {
    if (state == State.REGISTERING) {
      queue.on(
          watermarks.read(),
          watermark -> {
            if (state == State.REGISTERING) {
              LOG.info(
                  "process {} is registered, its view begins at {}", identity, watermark.zxid());
              neededNanos = sent;
              holder.started(watermark);
              scheduleRenewal(timeout / 3);
              succeeded(timeout, sent);
            }
          },
          this::registrationFailed);
    }
  }

  private void registrationFailed(Throwable failure) {
    if (state == State.REGISTERING) {
      LOG.warn("process {} could not be registered, it is tried again", identity, failure);
      queue.after(
          retryMillis(),
          () -> {
            if (state == State.REGISTERING) {
              register();
            }
          });
    }
  }

  private int retryMillis() {
    failures = Math.min(failures + 1, 6);
    return RETRY_MIN_MILLIS << failures;
  }

  /**
   * A renewal, or the registration, was sent at {@code sent}, and all that belongs to it is done.
   */
  private void succeeded(int timeout, long sent) {
    failures = 0;
    if (!term.renewed(timeout, sent)) {
      state = State.LAPSED;
      scheduleRenewal(0);
      return;
    }
    boolean lapsed = state == State.LAPSED;
    state = State.HELD;
    watchForLapse();
    if (lapsed) {
      LOG.info("process {} has its lease again", identity);
      holder.regained();
    }
    serveWaiters();
  }

  private void serveWaiters() {
    checkLapse();
    if (state != State.HELD) {
      return;
    }
    List<Waiter> ready =
        waiters.stream().filter(w -> term.rowTimeoutMillis() <= w.timeoutMillis()).toList();
    waiters.removeAll(ready);
    ready.forEach(waiter -> waiter.ready().run());
    if (!waiters.isEmpty()) {
      renew();
    }
  }

  private void watchForLapse() {
    cancel(lapseTimer);
    lapseTimer = queue.after(term.millisLeft(), this::checkLapse);
  }

  private void scheduleRenewal(long millis) {
    cancel(renewTimer);
    renewTimer =
        queue.after(
            millis,
            () -> {
              if (state == State.HELD || state == State.LAPSED) {
                renew();
              }
            });
  }

  private void renew() {
    long now = queue.nanoTime();
    if (holder.shortestTimeoutMillis() != Integer.MAX_VALUE) {
      neededNanos = now;
    } else if (queue.millisSince(neededNanos) > IDLE_MAX_MILLIS) {
      holder.idle();
      return;
    }
    int timeout = term.timeoutOfNext(timeoutMillis());
    if (term.shortened(timeout, now)) {
      watchForLapse();
    }
    new Renewal(timeout, now).begin();
    scheduleRenewal(timeout / 3);
  }

  /** One renewal: it succeeds when the counter was moved and the mailbox was read. */
  private final class Renewal {
    private final int timeout;
    private final long sent;
    private boolean moved;
    private boolean caughtUp;
    private boolean failed;

    Renewal(int timeout, long sent) {
      this.timeout = timeout;
      this.sent = sent;
    }

    void begin() {
      term.sent();
      queue.on(
          registry.renew(identity.name(), timeout),
          now -> {
            term.arrived();
            if (now.isPresent()) {
              counter = Math.max(counter, now.getAsLong());
              moved = true;
              finish();
            } else {
              refused();
            }
          },
          failure -> {
            term.arrived();
            fail(failure);
          });
      queue.on(
          watermarks.read(),
          watermark ->
              holder.catchUp(
                  watermark,
                  () -> {
                    caughtUp = true;
                    finish();
                  }),
          this::fail);
      holder.renewing();
    }

    private void finish() {
      if (!moved || !caughtUp || state == State.ENDED) {
        return;
      }
      if (term.sinceLastMillis() > PAUSE_MAX_MILLIS) {
        LOG.warn("process {} was paused for hours: it takes a new name", identity);
        refused();
        return;
      }
      checkLapse();
      succeeded(timeout, sent);
      holder.renewed();
    }

    private void fail(Throwable failure) {
      if (failed || state == State.ENDED) {
        return;
      }
      failed = true;
      LOG.debug("process {} could not renew its lease, it is tried again", identity, failure);
      scheduleRenewal(Math.min(retryMillis(), timeout / 3));
    }

    private void refused() {
      if (state != State.ENDED) {
        LOG.warn("process {} is fenced", identity);
        holder.fenced();
      }
    }
  }
}
