package io.faaskeeper.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long each operation is measured on each target.
 *
 * @param rounds how often all of them are measured, each time in a new JVM
 * @param warmUp not counted, at the beginning of each JVM
 * @param iterations that are counted, in each JVM
 * @param iteration the length of one
 */
record Effort(int rounds, TimeValue warmUp, int iterations, TimeValue iteration) {
  /** All of it in less than five minutes. */
  static final Effort QUICK = new Effort(1, TimeValue.seconds(2), 3, TimeValue.milliseconds(1_200));

  static final Effort FULL = new Effort(3, TimeValue.seconds(5), 5, TimeValue.seconds(3));

  ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
    return options
        .forks(1)
        .threads(1)
        .warmupIterations(1)
        .warmupTime(warmUp)
        .measurementIterations(iterations)
        .measurementTime(iteration);
  }
}
