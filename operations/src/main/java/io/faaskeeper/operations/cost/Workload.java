package io.faaskeeper.operations.cost;

/**
 * What clients do.
 *
 * @param reads a day
 * @param writes a day: setData
 * @param creations a day of nodes that are deleted later
 * @param bytes of data of a node
 * @param processes with sessions, all month; sessions of one process share its lease
 * @param timeoutSeconds of the sessions
 * @param storedGigabytes of all nodes
 */
record Workload(
    double reads,
    double writes,
    double creations,
    int bytes,
    int processes,
    int timeoutSeconds,
    double storedGigabytes) {
  /** Requests of clients, a day. */
  double requests() {
    return reads + writes + 2 * creations;
  }

  /** The same with other numbers of requests, in the same proportion. */
  Workload times(double factor) {
    return new Workload(
        reads * factor,
        writes * factor,
        creations * factor,
        bytes,
        processes,
        timeoutSeconds,
        storedGigabytes);
  }
}
