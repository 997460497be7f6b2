package io.faaskeeper.aws;

import java.util.HashMap;
import java.util.Map;

/**
 * What was called since a {@link CallMeter} was reset.
 *
 * @param byCall by operation and table
 * @param trips the longest chain of calls of which each began after the one before it had ended
 * @param tripsBeforeAnswer those of them that had ended when the first answer was pushed; all, if
 *     none was
 */
public record CallCounts(Map<Call, Tally> byCall, int trips, int tripsBeforeAnswer) {
  public CallCounts {
    byCall = Map.copyOf(byCall);
  }

  /**
   * An operation on a table.
   *
   * @param operation as DynamoDB names it
   * @param table its full name
   */
  public record Call(String operation, String table) {}

  /**
   * How often, and what it was billed.
   *
   * @param calls finished, refused ones included, repeated attempts not
   * @param failures calls of which nothing is known
   */
  public record Tally(long calls, long failures, double readUnits, double writeUnits) {
    static final Tally NONE = new Tally(0, 0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          calls + other.calls,
          failures + other.failures,
          readUnits + other.readUnits,
          writeUnits + other.writeUnits);
    }
  }

  /** All calls together. */
  public Tally total() {
    return byCall.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  /** All calls on a table. */
  public Tally of(String table) {
    return byCall.entrySet().stream()
        .filter(e -> e.getKey().table().equals(table))
        .map(Map.Entry::getValue)
        .reduce(Tally.NONE, Tally::plus);
  }

  /** These and others together; of the trips, the larger numbers. */
  public CallCounts plus(CallCounts other) {
    Map<Call, Tally> sum = new HashMap<>(byCall);
    other.byCall.forEach((call, tally) -> sum.merge(call, tally, Tally::plus));
    return new CallCounts(
        sum, Math.max(trips, other.trips), Math.max(tripsBeforeAnswer, other.tripsBeforeAnswer));
  }
}
