package io.faaskeeper.benchmarks.cost;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * What something cost.
 *
 * @param sends to the worker queue
 * @param tripsToAnswer sequential storage trips in the function before the first push
 * @param trips sequential storage trips in the function in all
 * @param function the function's calls of storage
 * @param client the client's
 */
record Cost(int sends, int tripsToAnswer, int trips, Units function, Units client) {

  /** Calls and billed units. */
  record Units(int calls, double read, double write) {
    static Units of(List<CallLog.Call> calls) {
      return new Units(
          calls.size(),
          calls.stream().mapToDouble(CallLog.Call::read).sum(),
          calls.stream().mapToDouble(CallLog.Call::write).sum());
    }
  }

  static Cost of(
      int sends, List<CallLog.Call> function, List<CallLog.Call> client, OptionalLong push) {
    long answered = push.orElse(Long.MAX_VALUE);
    return new Cost(
        sends,
        trips(function.stream().filter(call -> call.start() < answered).toList()),
        trips(function),
        Units.of(function),
        Units.of(client));
  }

  /** The longest chain of calls of which each began after the one before had ended. */
  private static int trips(List<CallLog.Call> calls) {
    int trips = 0;
    long end = Long.MIN_VALUE;
    for (CallLog.Call call :
        calls.stream().sorted(Comparator.comparingLong(CallLog.Call::end)).toList()) {
      if (trips == 0 || call.start() - end >= 0) {
        trips++;
        end = call.end();
      }
    }
    return trips;
  }
}
