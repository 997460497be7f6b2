package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

/**
 * The sequential storage trips of the function in several repetitions of an operation. Calls that
 * are made at once may be counted as a sequence, when one ends before a busy machine has begun the
 * next; those of which one needs the other's answer always are. So the fewest tell.
 */
final class Trips {
  private final List<Cost> repetitions = new ArrayList<>();

  void add(Cost repetition) {
    repetitions.add(repetition);
  }

  void assertFewest(int beforeAnswer, int inAll) {
    assertEquals(
        beforeAnswer,
        repetitions.stream().mapToInt(cost -> cost.function().tripsBeforeAnswer()).min().orElse(0),
        repetitions::toString);
    assertEquals(
        inAll,
        repetitions.stream().mapToInt(cost -> cost.function().trips()).min().orElse(0),
        repetitions::toString);
  }
}
