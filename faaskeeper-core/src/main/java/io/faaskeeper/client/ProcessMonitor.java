package io.faaskeeper.client;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What a client process tells of itself and its deployment, for those who monitor it. To look is
 * not to be heard from: it keeps no session alive. Thread-safe; never blocks.
 */
public interface ProcessMonitor {
  /** What the process was told about its deployment. */
  ClientOptions options();

  /** What the process holds now. Costs one look at the watermark. */
  CompletionStage<ProcessReport> report();

  /** The paths of a session's ephemerals. Costs a listing, and a read of each of them. */
  CompletionStage<List<String>> ephemerals(long sessionId);

  /**
   * How many nodes the deployment has below its root; 0 while there is no root, before the first
   * request. They are counted one after the other, so that it is the number at no one moment if
   * they are written meanwhile. Costs a listing of each of them.
   */
  CompletionStage<Integer> countNodes();
}
