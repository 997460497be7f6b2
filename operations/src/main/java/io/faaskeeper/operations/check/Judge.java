package io.faaskeeper.operations.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks again at what does not agree before it says so: on a living deployment it may have moved
 * between two reads. What a number of looks in a row find, word for word, is reported; what never
 * stands still is counted. Thread-safe.
 */
final class Judge {
  private static final int AGREEING_LOOKS = 3;
  private static final int MAX_LOOKS = 12;

  private final Pause pause;
  private final Report report;

  /** Waits between two looks. */
  interface Pause {
    void pause(Duration duration);
  }

  Judge(Pause pause, Report report) {
    this.pause = pause;
    this.report = report;
  }

  /** Looks until it knows, and reports. */
  void judge(Supplier<Look> look) {
    Look last = look.get();
    int agreeing = 1;
    for (int looks = 1; !last.isFine() && agreeing < AGREEING_LOOKS; looks++) {
      if (looks == MAX_LOOKS) {
        report.unsettled();
        return;
      }
      pause.pause(Duration.ofMillis(100L << Math.min(looks, 4)));
      Look next = look.get();
      agreeing = !next.unsettled() && !last.unsettled() ? same(last, next) ? agreeing + 1 : 1 : 1;
      last = next;
    }
    last.findings().forEach(report::found);
  }

  private static boolean same(Look one, Look other) {
    List<Finding> rest = new ArrayList<>(other.findings());
    return one.findings().size() == rest.size() && rest.containsAll(one.findings());
  }
}
