package io.faaskeeper.port;

import java.util.concurrent.CompletionStage;

/**
 * Wakes the distributor: there is more in the log. Messages may be lost, doubled, or taken
 * together.
 */
public interface DistributorQueue {
  CompletionStage<Void> wake(long record);
}
