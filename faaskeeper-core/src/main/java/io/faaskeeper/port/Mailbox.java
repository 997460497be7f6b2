package io.faaskeeper.port;

import io.faaskeeper.model.MailboxEvent;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * What happened that a process is interested in: one item per process and zxid, a set to which is
 * only ever added. Items expire by themselves after a day.
 */
public interface Mailbox {
  /** Adds the events to the item, atomically. */
  CompletionStage<Void> add(
      String process, long zxid, Collection<MailboxEvent> events, Deadline deadline);

  /**
   * All items with zxids in ({@code after}, {@code upTo}], strongly consistent; the events of each
   * in their order.
   */
  CompletionStage<SortedMap<Long, List<MailboxEvent>>> read(String process, long after, long upTo);
}
