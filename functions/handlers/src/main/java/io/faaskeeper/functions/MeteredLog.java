package io.faaskeeper.functions;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.TransactionLog;
import java.util.concurrent.CompletionStage;

/** Tells the meter what is appended, and what is read that is to be applied. */
record MeteredLog(TransactionLog log, StageMeter meter) implements TransactionLog {
  @Override
  public int slots() {
    return log.slots();
  }

  @Override
  public CompletionStage<Slot> read(long number) {
    return log.read(number)
        .thenApply(
            slot -> {
              if (slot instanceof Slot.Found found) {
                meter.atHand(found.record());
              }
              return slot;
            });
  }

  @Override
  public CompletionStage<Append> append(LogRecord record, Deadline deadline) {
    return log.append(record, deadline)
        .thenApply(
            append -> {
              meter.appended(record, append);
              return append;
            });
  }
}
