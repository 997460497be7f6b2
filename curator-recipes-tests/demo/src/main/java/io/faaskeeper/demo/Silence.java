package io.faaskeeper.demo;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sessions of which nothing is heard any more, as if their client hung or its cable were cut: what
 * makes a session of this JVM expire. Thread-safe.
 */
final class Silence {
  private final Set<Long> sessions = ConcurrentHashMap.newKeySet();

  void fallsOn(long sessionId) {
    sessions.add(sessionId);
  }

  boolean isOn(long sessionId) {
    return sessions.contains(sessionId);
  }
}
