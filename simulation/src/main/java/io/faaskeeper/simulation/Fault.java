package io.faaskeeper.simulation;

/**
 * What can go wrong. How often is the share of the calls, batches, pushes or requests it befalls.
 */
enum Fault {
  /** A call of a port fails, before or after its effect. */
  FAILURE,
  /** A store is throttled for up to two seconds: all calls of its port fail before their effect. */
  THROTTLE,
  /** A call takes up to five seconds. */
  SLOW,
  /** At a call, the function that makes it dies, before or after the effect. */
  CRASH,
  /** At a call, the function that makes it stands still for up to a minute, and then goes on. */
  FREEZE,
  /** A second copy of the function gets a batch at the same time. */
  DOUBLE,
  /** A batch waits for up to three seconds, so that later ones of other groups overtake it. */
  LAG,
  /** Only the first messages of a batch come, the others later. */
  PART,
  /** A batch comes once more though the function was done with it. */
  AGAIN,
  /** A push is lost; as many come twice. */
  PUSH,
  /** At a request, the client's process dies. */
  DEATH,
  /**
   * At a request, the client's process stands still for up to a minute, and then goes on as if
   * nothing had been.
   */
  STALL,
  /** At a request, the client's process is cut off from storage and queue for a while. */
  CUT,
  /** At a request, the client drops its connection, or takes its session to another process. */
  MOVE,
  /** The clocks of a machine: this is by how much their rate may be wrong. */
  DRIFT
}
