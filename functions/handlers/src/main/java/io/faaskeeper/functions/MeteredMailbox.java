package io.faaskeeper.functions;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/** Tells the meter whose mailbox gets something. */
record MeteredMailbox(Mailbox mailbox, StageMeter meter) implements Mailbox {
  @Override
  public CompletionStage<Void> add(
      String process, long zxid, Collection<MailboxEvent> events, Deadline deadline) {
    meter.mailed(process);
    return mailbox.add(process, zxid, events, deadline);
  }

  @Override
  public CompletionStage<SortedMap<Long, List<MailboxEvent>>> read(
      String process, long after, long upTo) {
    return mailbox.read(process, after, upTo);
  }
}
