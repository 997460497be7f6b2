package io.faaskeeper.operations.check;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What a check has found. Each finding is told once, the first of them at once. Thread-safe. */
final class Report {
  /** What is told of one kind; the rest is counted. */
  private static final int MAX_TOLD_OF_A_KIND = 50;

  private final Consumer<Finding> told;
  private final Set<Finding> known = new HashSet<>();
  private final Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
  private int unsettled;

  Report(Consumer<Finding> told) {
    this.told = told;
  }

  synchronized void found(Finding finding) {
    int before = counts.getOrDefault(finding.kind(), 0);
    if (before >= MAX_TOLD_OF_A_KIND) {
      counts.put(finding.kind(), before + 1);
    } else if (known.add(finding)) {
      counts.put(finding.kind(), before + 1);
      told.accept(finding);
    }
  }

  synchronized void unsettled() {
    unsettled++;
  }

  synchronized Map<Finding.Kind, Integer> counts() {
    return new EnumMap<>(counts);
  }

  synchronized int unsettledCount() {
    return unsettled;
  }

  /** How much damage there is. */
  synchronized int damage() {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().isDamage())
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** How much is left over. */
  synchronized int leftOver() {
    return counts.values().stream().mapToInt(Integer::intValue).sum() - damage();
  }
}
