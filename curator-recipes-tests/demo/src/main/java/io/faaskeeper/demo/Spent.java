package io.faaskeeper.demo;

/**
 * What storage was asked to do.
 *
 * @param calls of the storage's API
 * @param readUnits billed
 * @param writeUnits billed
 */
record Spent(double calls, double readUnits, double writeUnits) {
  static final Spent NOTHING = new Spent(0, 0, 0);

  Spent plus(Spent more) {
    return new Spent(calls + more.calls, readUnits + more.readUnits, writeUnits + more.writeUnits);
  }

  /** An equal share of it, for one of {@code count}. */
  Spent each(long count) {
    return count == 0 ? this : new Spent(calls / count, readUnits / count, writeUnits / count);
  }
}
