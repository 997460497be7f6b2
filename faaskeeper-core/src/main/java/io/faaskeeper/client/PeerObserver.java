package io.faaskeeper.client;

import io.faaskeeper.model.Request;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the next processes by name when the lease is renewed, and at single ones in between
 * where {@link PeerWatch} asks for it, and reports who stands still. A registry of up to {@value
 * #ROWS_MAX} rows is read whole, by one call; a larger one from this process's name on. To be used
 * in tasks of the run queue.
 */
final class PeerObserver {
  private static final Logger LOG = LoggerFactory.getLogger(PeerObserver.class);
  private static final int ROWS_MAX = 32;

  private static final int RETRY_MILLIS = 200;

  private final RunQueue queue;
  private final ProcessRegistry registry;
  private final String self;
  private final Sender sender;
  private final PeerWatch watch;
  private Scheduler.@Nullable Cancellable timer;
  private boolean large;
  private boolean failed;
  private int looking;
  private boolean stopped;

  PeerObserver(
      RunQueue queue, ProcessRegistry registry, String self, Sender sender, int maxTimeoutMillis) {
    this.queue = queue;
    this.registry = registry;
    this.self = self;
    this.sender = sender;
    this.watch = new PeerWatch(self, maxTimeoutMillis);
  }

  /** Looks at the registry: to be called with each renewal. */
  void look() {
    watch.lookBegins();
    schedule();
    lookAtAll();
  }

  private void lookAtAll() {
    long asked = queue.nanoTime();
    queue.on(
        registry.list(large ? self : "", ROWS_MAX + 1),
        rows -> {
          boolean more = rows.size() > ROWS_MAX;
          if (large && !more) {
            wrap(rows, asked);
          } else if (!large && more) {
            large = true;
            lookAtAll();
          } else {
            seen(large ? rows : fromSelf(rows), asked);
          }
        },
        this::lookFailed);
  }

  /** The registry ended: the first ones come after the last. */
  private void wrap(List<ProcessRow> tail, long asked) {
    queue.on(
        registry.list("", ROWS_MAX + 1),
        rows -> {
          large = rows.size() > ROWS_MAX;
          List<ProcessRow> all = new ArrayList<>(tail);
          all.addAll(rows);
          seen(all, asked);
        },
        this::lookFailed);
  }

  private List<ProcessRow> fromSelf(List<ProcessRow> rows) {
    List<ProcessRow> after = new ArrayList<>();
    List<ProcessRow> before = new ArrayList<>();
    for (ProcessRow row : rows) {
      (row.name().compareTo(self) > 0 ? after : before).add(row);
    }
    after.addAll(before);
    return after;
  }

  private void seen(List<ProcessRow> rows, long asked) {
    report(watch.see(rows, asked, queue.nanoTime()));
    schedule();
  }

  private void schedule() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    long nanos = watch.nanosToNextLook(queue.nanoTime());
    if (nanos != Long.MAX_VALUE && looking == 0 && !stopped) {
      long least = failed ? RETRY_MILLIS : 1;
      timer = queue.after(Math.max(least, (nanos + 999_999L) / 1_000_000L), this::lookAtDue);
    }
  }

  private void lookAtDue() {
    timer = null;
    if (stopped) {
      return;
    }
    failed = false;
    List<String> due = watch.due(queue.nanoTime());
    looking = due.size();
    due.forEach(this::lookAt);
    schedule();
  }

  private void lookAt(String name) {
    long asked = queue.nanoTime();
    queue.on(
        registry.read(name),
        row -> {
          looking--;
          if (row.isPresent()) {
            report(watch.see(row.get(), asked, queue.nanoTime()));
          } else {
            watch.gone(name);
          }
          schedule();
        },
        failure -> {
          looking--;
          failed(failure);
          schedule();
        });
  }

  private void report(List<Request.Suspicion> suspicions) {
    if (stopped) {
      return;
    }
    for (Request.Suspicion suspicion : suspicions) {
      LOG.info(
          "process {} stands still at {} for {} ms: suspected by {}",
          suspicion.process(),
          suspicion.counter(),
          suspicion.stillMillis(),
          self);
      sender.sendOnce(suspicion);
    }
  }

  private void lookFailed(Throwable failure) {
    watch.lookFailed();
    failed(failure);
    schedule();
  }

  private void failed(Throwable failure) {
    failed = true;
    LOG.debug("the registry of processes could not be read", failure);
  }

  void stop() {
    stopped = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
