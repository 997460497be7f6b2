package io.faaskeeper.demo;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was spent on what, by its name. Not thread-safe. */
final class Spending {
  private final Map<String, Spent> byPurpose = new TreeMap<>();

  Spending add(String purpose, Spent spent) {
    byPurpose.merge(purpose, spent, Spent::plus);
    return this;
  }

  SortedSet<String> purposes() {
    return new TreeSet<>(byPurpose.keySet());
  }

  Spent on(String purpose) {
    return byPurpose.getOrDefault(purpose, Spent.NOTHING);
  }
}
