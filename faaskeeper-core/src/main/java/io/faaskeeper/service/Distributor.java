package io.faaskeeper.service;

import io.faaskeeper.port.Deadline;
import java.util.concurrent.CompletionStage;

/**
 * The distributor: brings the records after the watermark to user storage, mailboxes and clients,
 * and moves the watermark. Each step can be repeated and can run beside a copy of itself.
 */
public interface Distributor {
  /**
   * Distributes all that was in the log when this was called. Fails if the deadline comes first:
   * call it again.
   */
  CompletionStage<Void> distribute(Deadline deadline);
}
