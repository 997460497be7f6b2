package io.faaskeeper.host.source;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A FIFO queue. What is received and not deleted is delivered again when its visibility time-out is
 * over, until then nothing of its group is; received too often, it goes to the dead-letter queue.
 */
interface MessageQueue {
  /** Waits some seconds for messages; none if none came. */
  CompletionStage<List<QueueMessage>> receive(int max);

  /** Deletes what was received under these handles. */
  CompletionStage<Void> delete(List<String> receiptHandles);
}
