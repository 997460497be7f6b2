package io.faaskeeper.demo;

/**
 * What storage was asked to do for something.
 *
 * @param times how often that something was done
 * @param calls of the storage's API
 * @param readUnits billed
 * @param writeUnits billed
 */
record Spent(double times, double calls, double readUnits, double writeUnits) {
  static final Spent NOTHING = new Spent(0, 0, 0, 0);

  Spent plus(Spent more) {
    return new Spent(
        times + more.times,
        calls + more.calls,
        readUnits + more.readUnits,
        writeUnits + more.writeUnits);
  }

  /** The share of one of {@code count}. */
  Spent share(double count) {
    return count == 0
        ? NOTHING
        : new Spent(times / count, calls / count, readUnits / count, writeUnits / count);
  }

  /** What it took to do it once. */
  Spent each() {
    return share(times);
  }
}
