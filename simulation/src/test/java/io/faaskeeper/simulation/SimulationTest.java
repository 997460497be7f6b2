package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of the code as it is. Beside the fixed seeds some fresh ones run, which a failure
 * names; {@code -Dhistories=<n>} makes more of both.
 */
class SimulationTest {
  private static final int HISTORIES = Integer.getInteger("histories", 30);

  static List<Profile> profiles() {
    return Profile.PROFILES;
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void fixedSeedsKeepEveryGuarantee(Profile profile) {
    int asked = 0;
    int events = 0;
    for (long seed = 1; seed <= HISTORIES; seed++) {
      Simulation simulation = run(seed, profile);
      asked += simulation.asked();
      events += simulation.events();
    }
    assertTrue(asked >= 500 * HISTORIES, "asked " + asked);
    assertTrue(events > 20 * HISTORIES, "told of " + events);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void freshSeedsKeepEveryGuarantee(Profile profile) {
    long first = new Random().nextInt(Integer.MAX_VALUE);
    System.out.println("profile " + profile.name() + ", seeds from " + first);
    for (long seed = first; seed < first + HISTORIES; seed++) {
      run(seed, profile);
    }
  }

  @Test
  void whatLateCopiesBringBackIsCleanedAway() {
    for (long seed = 1; seed <= HISTORIES; seed++) {
      new Simulation(
              new Simulation.Settings(seed, Profile.CALM, 500),
              SimulatedStorage.inMemory(NodeMutations.lateCreations()))
          .run();
    }
  }

  @Test
  void aHistoryIsTheSameUpToItsLastFault() {
    Simulation.Settings settings = new Simulation.Settings(7, Profile.ALL, 500);
    Simulation whole = new Simulation(settings, SimulatedStorage.ANY);
    whole.run();
    Simulation part = new Simulation(settings.withMaxFaults(5), SimulatedStorage.ANY);
    part.run();
    assertTrue(whole.faults() > 5, "faults " + whole.faults());
    assertEquals(5, part.faults());
    assertEquals(whole.timeline().subList(0, 10), part.timeline().subList(0, 10));
  }

  @Test
  void theFewestFaultsAreFound() {
    assertEquals(0, Shrinking.fewest(100, count -> true));
    assertEquals(37, Shrinking.fewest(100, count -> count >= 37));
    assertEquals(100, Shrinking.fewest(100, count -> count == 100));
  }

  @Test
  void aSeedIsAHistory() {
    List<String> history = run(7, Profile.ALL).timeline();
    assertEquals(history, run(7, Profile.ALL).timeline());
    assertNotEquals(history, run(8, Profile.ALL).timeline());
  }

  private static Simulation run(long seed, Profile profile) {
    Simulation simulation =
        new Simulation(new Simulation.Settings(seed, profile, 500), SimulatedStorage.ANY);
    try {
      simulation.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + seed + " of " + profile.name(), e);
    }
    return simulation;
  }
}
