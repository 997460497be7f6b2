package io.faaskeeper.port;

import io.faaskeeper.model.MailboxEvent;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** The watch function, invoked synchronously: adds to the mailboxes of a range of processes. */
public interface WatchFunction {
  /**
   * Completes when every event is in its mailbox; to call it again with the same events is
   * harmless.
   */
  CompletionStage<Void> deliver(List<Delivery> deliveries, Deadline deadline);

  /** The events of one process. */
  record Delivery(String process, SortedMap<Long, List<MailboxEvent>> events) {}
}
