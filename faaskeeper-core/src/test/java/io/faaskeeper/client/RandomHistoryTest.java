package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Many random histories; {@code -Dhistories=<n>} makes more of them. */
class RandomHistoryTest {
  private static final long FIRST_SEED = Long.getLong("firstSeed", 1);
  private static final int HISTORIES = Integer.getInteger("histories", 150);

  @Test
  void everySessionIsToldWhatTheLogSays() {
    int requests = 0;
    int events = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
      RandomHistory history = new RandomHistory(seed);
      try {
        history.run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
      requests += history.requests;
      events += history.events;
    }
    assertTrue(requests > 30 * HISTORIES && events > HISTORIES, requests + " " + events);
  }
}
