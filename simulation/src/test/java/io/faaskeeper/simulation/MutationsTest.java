package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator finds each deliberate bug within a few seeds. */
class MutationsTest {
  private static final int SEEDS = 100;
  private static final int OPERATIONS = 400;

  /** In which clients stand still ten times as often as elsewhere. */
  private static final Profile STANDING = Profile.CLIENTS.with(Fault.STALL, 0.04);

  /** In which functions stand still ten times as often as elsewhere. */
  private static final Profile LATE = Profile.CRASHES.with(Fault.FREEZE, 0.02);

  @TestFactory
  Stream<DynamicTest> eachIsFound() {
    Map<String, LongFunction<Simulation>> all = new LinkedHashMap<>();
    Mutations.all()
        .forEach(
            (name, wiring) ->
                all.put(
                    name,
                    seed ->
                        new Simulation(
                            of(seed, Profile.ALL), SimulatedStorage.inMemory(wiring.get()))));
    TableMutations.all()
        .forEach(
            (name, wiring) ->
                all.put(
                    name,
                    seed ->
                        onAws(
                            of(seed, LATE),
                            AwsWorld.Kind.TABLES,
                            new AwsWorld.Wiring(wiring.get(), UnaryOperator.identity()))));
    BucketMutations.all()
        .forEach(
            (name, wiring) ->
                all.put(
                    name,
                    seed ->
                        onAws(
                            of(seed, Profile.ALL),
                            AwsWorld.Kind.HYBRID,
                            new AwsWorld.Wiring(UnaryOperator.identity(), wiring.get()))));
    all.put(
        "a client's clock that stops while it stands still",
        seed -> new Simulation(of(seed, STANDING), SimulatedStorage.ANY, MutationsTest::stopping));
    return all.entrySet().stream()
        .map(
            mutation ->
                DynamicTest.dynamicTest(
                    mutation.getKey(), () -> isFound(mutation.getKey(), mutation.getValue())));
  }

  private static Simulation.Settings of(long seed, Profile profile) {
    return new Simulation.Settings(seed, profile, OPERATIONS);
  }

  private static Simulation onAws(
      Simulation.Settings settings, AwsWorld.Kind kind, AwsWorld.Wiring wiring) {
    return new Simulation(settings, SimulatedStorage.onAws(kind, wiring));
  }

  private static Machine.Clocks stopping(Machine.Clocks clocks) {
    return new Machine.Clocks(clocks.rate(), clocks.startNanos(), clocks.wrongMillis(), true);
  }

  private static void isFound(String name, LongFunction<Simulation> mutation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation = mutation.apply(seed);
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
