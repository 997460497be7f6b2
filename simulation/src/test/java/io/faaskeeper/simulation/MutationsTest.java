package io.faaskeeper.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import io.faaskeeper.port.ServicePorts;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The simulator finds each deliberate bug within a few seeds. */
class MutationsTest {
  private static final int SEEDS = 100;
  private static final int OPERATIONS = 400;

  @TestFactory
  Stream<DynamicTest> eachIsFound() {
    return Mutations.all().entrySet().stream()
        .map(
            mutation ->
                DynamicTest.dynamicTest(
                    mutation.getKey(), () -> isFound(mutation.getKey(), mutation.getValue())));
  }

  private static void isFound(String name, Supplier<UnaryOperator<ServicePorts>> mutation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Simulation simulation =
          new Simulation(new Simulation.Settings(seed, Profile.ALL, OPERATIONS), mutation.get());
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
