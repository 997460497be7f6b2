package io.faaskeeper.service;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import io.faaskeeper.port.WatchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The watch function itself: puts a range of processes' events into their mailboxes. Thread-safe.
 */
public final class MailboxWatch implements WatchFunction {
  private final Mailbox mailbox;

  public MailboxWatch(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @Override
  public CompletionStage<Void> deliver(List<Delivery> deliveries, Deadline deadline) {
    List<CompletionStage<Void>> puts = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      delivery
          .events()
          .forEach(
              (zxid, events) -> puts.add(mailbox.add(delivery.process(), zxid, events, deadline)));
    }
    return Async.all(puts);
  }
}
