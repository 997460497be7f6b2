package io.faaskeeper.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long operations took, by name. Thread-safe. */
final class Latencies {
  private static final int DIGITS = 3;

  private final ConcurrentMap<String, ConcurrentHistogram> nanosByOperation =
      new ConcurrentHashMap<>();

  void record(String operation, long nanos) {
    nanosByOperation
        .computeIfAbsent(operation, o -> new ConcurrentHistogram(DIGITS))
        .recordValue(Math.max(0, nanos));
  }

  /** Of what something was recorded until now. */
  SortedSet<String> operations() {
    return new TreeSet<>(nanosByOperation.keySet());
  }

  /** How many were recorded until now, by operation. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    operations().forEach(operation -> counts.put(operation, of(operation).count()));
    return counts;
  }

  /** What was recorded of an operation until now. */
  Latency of(String operation) {
    Histogram nanos = nanosByOperation.get(operation);
    return nanos == null ? Latency.NONE : Latency.of(nanos);
  }

  /** The latencies of one operation. */
  record Latency(long count, long medianNanos, long p99Nanos) {
    static final Latency NONE = new Latency(0, 0, 0);

    static Latency of(Histogram nanos) {
      return new Latency(
          nanos.getTotalCount(), nanos.getValueAtPercentile(50), nanos.getValueAtPercentile(99));
    }
  }
}
