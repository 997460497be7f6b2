package io.faaskeeper.memory;

import io.faaskeeper.port.Clock;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The deduplication ids of the last five minutes, but no more than a bound. Thread-safe. */
final class RecentIds {
  private static final long NANOS = 300_000_000_000L;

  private final Clock clock;
  private final int maxIds;
  private final Set<String> ids = new HashSet<>();
  private final ArrayDeque<Seen> order = new ArrayDeque<>();

  RecentIds(Clock clock, int maxIds) {
    this.clock = clock;
    this.maxIds = maxIds;
  }

  /** Whether the id is new. */
  synchronized boolean add(String id) {
    long now = clock.nanoTime();
    for (Seen first = order.peek();
        first != null && (order.size() >= maxIds || now - first.nanoTime > NANOS);
        first = order.peek()) {
      ids.remove(order.remove().id);
    }
    if (!ids.add(id)) {
      return false;
    }
    order.add(new Seen(id, now));
    return true;
  }

  private record Seen(String id, long nanoTime) {}
}
