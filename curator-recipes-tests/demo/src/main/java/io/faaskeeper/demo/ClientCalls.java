package io.faaskeeper.demo;

import io.faaskeeper.aws.CallCounts.Tally;
import io.faaskeeper.aws.CallMeter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The storage calls of this JVM's client processes, by what they were for: an operation that waited
 * for the node in question, or what stands in brackets. Thread-safe.
 */
final class ClientCalls {
  static final String LEASE = "(client lease)";
  static final String VIEW = "(client view)";
  static final String SUBSCRIPTIONS = "(client subscriptions)";

  private static final Set<String> LEASE_TABLES = Set.of("processes", "secrets");
  private static final Set<String> NODE_TABLES =
      Set.of("nodes", "children", "data-parts", "owners");

  private final PendingReads reads;
  private final ConcurrentMap<String, CallMeter> byPurpose = new ConcurrentHashMap<>();

  ClientCalls(PendingReads reads) {
    this.reads = reads;
  }

  /** The meter for a call that begins now. */
  CallMeter meter(SdkRequest call) {
    return byPurpose.computeIfAbsent(purpose(call), p -> new CallMeter());
  }

  private String purpose(SdkRequest call) {
    String table = call.getValueForField("TableName", String.class).orElse("");
    if (is(table, NODE_TABLES)) {
      return reads.of(call).orElse(SUBSCRIPTIONS);
    }
    return is(table, LEASE_TABLES) ? LEASE : VIEW;
  }

  private static boolean is(String table, Set<String> roles) {
    return roles.stream().anyMatch(role -> table.endsWith("-" + role));
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
