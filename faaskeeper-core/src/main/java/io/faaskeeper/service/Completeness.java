package io.faaskeeper.service;

import java.util.HashMap;
import java.util.Map;

/**
 * From where on the pushes of this copy of the distributor tell a process everything. It may claim
 * what it has distributed itself, group after group without a gap. Having lost a move of the
 * watermark to another copy, it begins anew. Not thread-safe.
 */
final class Completeness {
  private static final int MAX_PROCESSES = 100_000;

  private final Map<String, Long> pushedUpTo = new HashMap<>();

  /** Everything after this zxid, up to {@link #end}, was distributed here; -1 if nothing was. */
  private long from = -1;

  private long end;

  /** A group from after {@code start} up to {@code upTo} was distributed. */
  void follow(long start, long upTo) {
    if (from < 0 || end != start || pushedUpTo.size() > MAX_PROCESSES) {
      from = start;
      pushedUpTo.clear();
    }
    end = upTo;
  }

  /** Another copy moved the watermark. */
  void lost() {
    from = -1;
    pushedUpTo.clear();
  }

  /**
   * From where on a push to this process with the events of the current group alone is complete:
   * what came before in the span was pushed to it then, or did not concern it.
   */
  long completeFrom(String process) {
    return pushedUpTo.getOrDefault(process, from);
  }

  /** The process was pushed all up to here. */
  void pushed(String process, long upTo) {
    pushedUpTo.put(process, upTo);
  }
}
