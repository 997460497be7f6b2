package io.faaskeeper.service;

import io.faaskeeper.port.Deadline;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The writer function: decides requests and appends what became of them to the log. One instance is
 * one Lambda sandbox: it works on one batch at a time, and what it remembers between batches is
 * safe however long it sleeps.
 */
public interface Writer {
  /**
   * Works on one batch from the worker queue.
   *
   * @param sealedMessages as they were sent, in the order of their groups
   * @param deadline when storage must have been changed, a part of the function's time
   * @return the places of the messages that are to be delivered again, in their groups together
   *     with all that follow. A message that can't be read or is not sealed by whom it names is not
   *     among them: it is logged and dropped.
   */
  CompletionStage<BitSet> process(List<byte[]> sealedMessages, Deadline deadline);
}
