package io.faaskeeper.service;

import io.faaskeeper.port.ProcessRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long each process's lease counter has stood still, on the clock of the machine that looked.
 * Not thread-safe.
 */
final class LeaseHistory {
  private final Map<String, Seen> seen = new HashMap<>();

  private record Seen(long counter, long nanoTime) {}

  /** Takes a look at all processes; forgets those that are gone. */
  void look(List<ProcessRow> rows, long nanoTime) {
    Set<String> names = rows.stream().map(ProcessRow::name).collect(Collectors.toSet());
    seen.keySet().retainAll(names);
    rows.forEach(row -> look(row, nanoTime));
  }

  /** Takes a look at one process. */
  void look(ProcessRow row, long nanoTime) {
    Seen before = seen.get(row.name());
    if (before == null || before.counter() != row.counter()) {
      seen.put(row.name(), new Seen(row.counter(), nanoTime));
    }
  }

  /** For how long the counter is known to have stood where it stands. */
  long stillNanos(ProcessRow row, long nanoTime) {
    Seen since = seen.get(row.name());
    return since == null || since.counter() != row.counter() ? 0 : nanoTime - since.nanoTime();
  }

  /** Whether an earlier look found the same counter. */
  boolean stoodStill(ProcessRow row, long nanoTime) {
    return stillNanos(row, nanoTime) > 0;
  }
}
