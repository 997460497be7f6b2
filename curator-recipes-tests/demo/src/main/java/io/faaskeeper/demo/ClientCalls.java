package io.faaskeeper.demo;

import io.faaskeeper.aws.CallCounts.Tally;
import io.faaskeeper.aws.CallMeter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The storage calls of this JVM's client processes, by what they were for. A read is counted to the
 * operation that its thread was beginning; one that had to wait for its turn, and that some other
 * thread began, to {@link #LATER_READS}. Thread-safe.
 */
final class ClientCalls {
  static final String LEASE = "(client lease)";
  static final String VIEW = "(client view)";
  static final String LATER_READS = "(client reads, later)";

  private static final Set<String> LEASE_TABLES = Set.of("processes", "secrets");
  private static final Set<String> READ_TABLES =
      Set.of("nodes", "children", "data-parts", "owners");
  private static final Set<String> READS =
      Set.of(
          "exists",
          "getData",
          "getAcl",
          "getChildren",
          "getAllChildrenNumber",
          "getEphemerals",
          "multiRead",
          "addWatch",
          "removeWatches",
          "setWatches");

  private final ConcurrentMap<String, CallMeter> byPurpose = new ConcurrentHashMap<>();

  /** The meter for a call on a table that begins on this thread. */
  CallMeter meter(String table) {
    return byPurpose.computeIfAbsent(purpose(table), p -> new CallMeter());
  }

  private static String purpose(String table) {
    if (READ_TABLES.stream().anyMatch(role -> table.endsWith("-" + role))) {
      return CurrentOperation.get().filter(READS::contains).orElse(LATER_READS);
    }
    return LEASE_TABLES.stream().anyMatch(role -> table.endsWith("-" + role)) ? LEASE : VIEW;
  }

  /**
   * What they cost until now.
   *
   * @param counts how often each operation was done
   */
  Spending spending(Map<String, Long> counts) {
    Spending spending = new Spending();
    byPurpose.forEach(
        (purpose, meter) -> {
          Tally tally = meter.snapshot().total();
          double times = counts.getOrDefault(purpose, 0L);
          spending.add(
              purpose, new Spent(times, tally.calls(), tally.readUnits(), tally.writeUnits()));
        });
    return spending;
  }
}
