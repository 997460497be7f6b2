package io.faaskeeper.client;

import io.faaskeeper.model.Request;
import io.faaskeeper.port.ProcessRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which processes this one watches, and since when their counters stand still: pure, on this
 * machine's monotonic clock. A counter that a look showed has stood still at least since that look
 * was answered and until the next was made; when that is the process's timeout, it is suspected.
 *
 * <p>A process that is fenced stays watched as long as its row does, for it may have had sessions
 * with longer timeouts: it is suspected again each time it has stood still for a third longer.
 */
final class PeerWatch {
  /** How many living processes are watched. */
  private static final int WATCHED_MAX = 2;

  private final String self;
  private final int maxTimeoutMillis;
  private final Map<String, Watched> watched = new HashMap<>();

  /** How many looks at everybody are on their way. */
  private int looks;

  private static final class Watched {
    ProcessRow row;
    long sinceNanos;
    long lookedNanos;
    long nextStillNanos;

    Watched(ProcessRow row, long nowNanos) {
      this.row = row;
      this.sinceNanos = nowNanos;
      this.lookedNanos = nowNanos;
      this.nextStillNanos = nanos(row.timeoutMillis());
    }
  }

  PeerWatch(String self, int maxTimeoutMillis) {
    this.self = self;
    this.maxTimeoutMillis = maxTimeoutMillis;
  }

  private static long nanos(long millis) {
    return millis * 1_000_000L;
  }

  /** A look at everybody begins: until its end, nobody is due but for a verdict. */
  void lookBegins() {
    looks++;
  }

  /** A look at everybody ended without an answer. */
  void lookFailed() {
    looks--;
  }

  /**
   * Ends a look at everybody: chooses whom to watch, and learns how they are.
   *
   * @param rows those after this process in the order of names, beginning again at the first
   * @param askedNanos when they were asked for
   * @param nowNanos when they came
   * @return suspicions to report
   */
  List<Request.Suspicion> see(List<ProcessRow> rows, long askedNanos, long nowNanos) {
    looks--;
    List<Request.Suspicion> suspicions = new ArrayList<>();
    Set<String> chosen = new HashSet<>();
    int living = 0;
    for (ProcessRow row : rows) {
      if (living < WATCHED_MAX && !row.name().equals(self) && chosen.add(row.name())) {
        living += row.fenced() ? 0 : 1;
        look(row, askedNanos, nowNanos, suspicions);
      }
    }
    watched.keySet().retainAll(chosen);
    return suspicions;
  }

  /** Learns how one of those watched is. */
  List<Request.Suspicion> see(ProcessRow row, long askedNanos, long nowNanos) {
    List<Request.Suspicion> suspicions = new ArrayList<>();
    if (watched.containsKey(row.name())) {
      look(row, askedNanos, nowNanos, suspicions);
    }
    return suspicions;
  }

  /** This one's row is gone. */
  void gone(String name) {
    watched.remove(name);
  }

  private void look(
      ProcessRow row, long askedNanos, long nowNanos, List<Request.Suspicion> suspicions) {
    Watched known = watched.get(row.name());
    if (known == null || known.row.counter() != row.counter()) {
      watched.put(row.name(), new Watched(row, nowNanos));
      return;
    }
    known.row = row;
    known.lookedNanos = askedNanos;
    long still = askedNanos - known.sinceNanos;
    if (still >= known.nextStillNanos) {
      known.nextStillNanos = Math.min(still + still / 3, still + nanos(maxTimeoutMillis));
      suspicions.add(new Request.Suspicion(row.name(), row.counter(), still / 1_000_000L));
    }
  }

  /** Whom to look at now. */
  List<String> due(long nowNanos) {
    List<String> due = new ArrayList<>();
    for (Watched one : watched.values()) {
      if (nextLookNanos(one) - nowNanos <= 0) {
        due.add(one.row.name());
      }
    }
    return due;
  }

  /** How long until somebody is to be looked at; {@code Long.MAX_VALUE} if nobody is watched. */
  long nanosToNextLook(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (Watched one : watched.values()) {
      next = Math.min(next, Math.max(0, nextLookNanos(one) - nowNanos));
    }
    return next;
  }

  /** When it will have stood still for long enough; of a living one also every third before. */
  private long nextLookNanos(Watched one) {
    long verdict = one.sinceNanos + one.nextStillNanos;
    return one.row.fenced() || looks > 0
        ? verdict
        : Math.min(verdict, one.lookedNanos + nanos(one.row.timeoutMillis()) / 3);
  }
}
