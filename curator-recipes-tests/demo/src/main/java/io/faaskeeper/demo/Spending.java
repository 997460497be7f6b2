package io.faaskeeper.demo;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was spent on what, by its name. Thread-safe. */
final class Spending {
  private final ConcurrentMap<String, Spent> byPurpose = new ConcurrentHashMap<>();

  void add(String purpose, Spent spent) {
    byPurpose.merge(purpose, spent, Spent::plus);
  }

  SortedSet<String> purposes() {
    return new TreeSet<>(byPurpose.keySet());
  }

  Spent on(String purpose) {
    return byPurpose.getOrDefault(purpose, Spent.NOTHING);
  }
}
