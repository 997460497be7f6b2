package io.faaskeeper.simulation;

import java.util.function.IntPredicate;

/** Finds how little has to go wrong for a history to fail. */
final class Shrinking {
  private Shrinking() {}

  /**
   * A number of faults with which a history fails, found by halving: with one fault less it does
   * not.
   *
   * @param all with so many it fails
   * @param fails whether it fails if nothing goes wrong after so many faults
   */
  static int fewest(int all, IntPredicate fails) {
    int sound = -1;
    int failing = all;
    while (failing - sound > 1) {
      int middle = (sound + failing) / 2;
      if (fails.test(middle)) {
        failing = middle;
      } else {
        sound = middle;
      }
    }
    return failing;
  }
}
