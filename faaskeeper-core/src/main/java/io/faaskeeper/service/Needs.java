package io.faaskeeper.service;

import java.util.Set;
import java.util.TreeSet;

/**
 * What has to be read before a decision.
 *
 * @param paths of nodes
 * @param sessions ids
 * @param owners in the owner index
 */
record Needs(Set<String> paths, Set<Long> sessions, Set<String> owners) {
  Needs() {
    this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  boolean isEmpty() {
    return paths.isEmpty() && sessions.isEmpty() && owners.isEmpty();
  }
}
