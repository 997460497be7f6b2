package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.CallCounts;

/**
 * What something cost.
 *
 * @param sends to the worker queue
 * @param function the functions' calls of storage
 * @param clients the clients'
 * @param objectPuts how many objects were put into the bucket
 * @param objectGets how many objects of the bucket were asked for
 */
record Cost(int sends, CallCounts function, CallCounts clients, int objectPuts, int objectGets) {
  double writeUnits() {
    return function.total().writeUnits() + clients.total().writeUnits();
  }

  double readUnits() {
    return function.total().readUnits() + clients.total().readUnits();
  }

  double units() {
    return readUnits() + writeUnits();
  }

  /** Checks that it was one send, and all else the function's. */
  void assertWrite(double readUnits, double writeUnits) {
    assertEquals(1, sends, this::toString);
    assertEquals(0, clients.total().calls(), this::toString);
    assertEquals(readUnits, readUnits(), this::toString);
    assertEquals(writeUnits, writeUnits(), this::toString);
  }

  /** Checks that no function had to do with it. */
  void assertOfClients(long calls, double readUnits, double writeUnits) {
    assertEquals(0, sends, this::toString);
    assertEquals(0, function.total().calls(), this::toString);
    assertEquals(calls, clients.total().calls(), this::toString);
    assertEquals(readUnits, readUnits(), this::toString);
    assertEquals(writeUnits, writeUnits(), this::toString);
  }
}
