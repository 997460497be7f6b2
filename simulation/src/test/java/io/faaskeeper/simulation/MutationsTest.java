package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator finds each deliberate bug within a few seeds. */
class MutationsTest {
  private static final int SEEDS = 100;
  private static final int OPERATIONS = 400;

  /** In which clients stand still ten times as often as elsewhere. */
  private static final Profile STANDING = Profile.CLIENTS.with(Fault.STALL, 0.04);

  @TestFactory
  Stream<DynamicTest> eachIsFound() {
    Map<String, Function<Simulation.Settings, Simulation>> all = new LinkedHashMap<>();
    Mutations.all()
        .forEach(
            (name, wiring) ->
                all.put(
                    name,
                    settings -> new Simulation(settings, SimulatedStorage.inMemory(wiring.get()))));
    TableMutations.all()
        .forEach(
            (name, wiring) ->
                all.put(
                    name,
                    settings ->
                        new Simulation(
                            settings, SimulatedStorage.onAws(AwsWorld.Kind.TABLES, wiring.get()))));
    all.put(
        "a client's clock that stops while it stands still",
        settings ->
            new Simulation(
                new Simulation.Settings(settings.seed(), STANDING, OPERATIONS),
                SimulatedStorage.ANY,
                MutationsTest::stopping));
    return all.entrySet().stream()
        .map(
            mutation ->
                DynamicTest.dynamicTest(
                    mutation.getKey(), () -> isFound(mutation.getKey(), mutation.getValue())));
  }

  private static Machine.Clocks stopping(Machine.Clocks clocks) {
    return new Machine.Clocks(clocks.rate(), clocks.startNanos(), clocks.wrongMillis(), true);
  }

  private static void isFound(String name, Function<Simulation.Settings, Simulation> mutation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation =
          mutation.apply(new Simulation.Settings(seed, Profile.ALL, OPERATIONS));
      try {
        simulation.run();
      } catch (AssertionError violation) {
        String what = String.valueOf(violation.getMessage());
        System.out.println(
            name + ": seed " + seed + ", " + what.substring(0, Math.min(160, what.length())));
        return;
      }
    }
    fail("not found within " + SEEDS + " seeds");
  }
}
