package io.faaskeeper.benchmarks;

import java.lang.management.ManagementFactory;

/**
 * Where a run took place.
 *
 * @param cores processors that the JVM may use
 * @param load the system's load average over a minute when the run began, negative if unknown
 * @param java the version of the JVM
 */
record Machine(int cores, double load, String java) {
  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        Runtime.version().toString());
  }
}
