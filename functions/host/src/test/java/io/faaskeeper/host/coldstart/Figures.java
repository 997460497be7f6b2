package io.faaskeeper.host.coldstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long a function took to start, and then for its events. Not thread-safe. */
final class Figures {
  private final String function;
  private final List<Long> answers = new ArrayList<>();
  private long start;

  Figures(String function) {
    this.function = function;
  }

  /** It was started, or restored, and is ready for an event. */
  void started(long beganNanos, long readyNanos) {
    start = readyNanos - beganNanos;
  }

  void answered(long givenNanos, long answeredNanos) {
    answers.add(answeredNanos - givenNanos);
  }

  int count() {
    return answers.size();
  }

  String line() {
    long warm = answers.stream().skip(2).sorted().skip((answers.size() - 2) / 2).findFirst().get();
    return String.format(
        Locale.ROOT,
        "%-20s ready %5.0f ms, answered %5.0f ms; second %6.2f ms, later %6.2f ms",
        function,
        start / 1e6,
        (start + answers.get(0)) / 1e6,
        answers.get(1) / 1e6,
        warm / 1e6);
  }
}
