package io.faaskeeper.port;

import java.util.concurrent.CompletionStage;

/**
 * The way to the writer. Messages of one group are delivered in the order in which their sends were
 * called one after the other, each at least once, again if the writer fails; a message that fails
 * too often is lost. Messages with the same deduplication id within some minutes are one.
 */
public interface WorkerQueue {
  /** How many groups there are. */
  int groups();

  /**
   * Sends a sealed {@link io.faaskeeper.model.RequestMessage}. A failure of the stage means that it
   * may or may not have been sent: to send it again with the same id is safe.
   *
   * @param group 0 to {@code groups() - 1}
   */
  CompletionStage<Void> send(int group, String deduplicationId, byte[] message);
}
