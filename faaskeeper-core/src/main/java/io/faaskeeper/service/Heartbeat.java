package io.faaskeeper.service;

import io.faaskeeper.port.Deadline;
import java.util.concurrent.CompletionStage;

/**
 * The heartbeat function, the backstop behind the processes that watch each other: suspects
 * processes whose lease stands still, and has expired TTL nodes and empty containers removed. One
 * instance is one Lambda sandbox.
 */
public interface Heartbeat {
  /** One run; takes milliseconds unless some process stood still since the last one. */
  CompletionStage<Report> run(Deadline deadline);

  /**
   * What a run found.
   *
   * @param processes not fenced
   * @param suspected reported to the writer
   * @param removals of nodes asked for
   * @param sessionsLeft whether there is any process, fenced or not; if not, the heartbeat was
   *     switched off
   */
  record Report(int processes, int suspected, int removals, boolean sessionsLeft) {}
}
