package io.faaskeeper.host.lambda;

import java.time.Instant;

/** An instance that waits for its next invocation. */
interface Poll {
  /** Answers it. What the instance does not get is found out by its end or the time-out. */
  void answer(Invocation invocation, Instant deadline);
}
