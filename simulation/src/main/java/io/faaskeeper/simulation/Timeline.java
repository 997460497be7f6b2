package io.faaskeeper.simulation;

import io.faaskeeper.port.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened in a history, in order, for people to read. Not thread-safe. */
final class Timeline {
  private record Line(long nanos, String who, Object what) {}

  private final Clock clock;
  private final List<Line> lines = new ArrayList<>();

  Timeline(Clock clock) {
    this.clock = clock;
  }

  /** Adds a line: what {@code what} says of itself is asked for when somebody reads. */
  void add(String who, Object what) {
    lines.add(new Line(clock.nanoTime(), who, what));
  }

  /** A line each: milliseconds, who, and what. */
  List<String> lines() {
    return lines.stream()
        .map(
            line ->
                String.format(
                    Locale.ROOT,
                    "%12.3f  %-14s %s",
                    line.nanos / 1e6,
                    line.who,
                    Describe.text(line.what)))
        .toList();
  }
}
