package io.faaskeeper.memory;

import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.TransactionLog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The ring, each slot changed by compare-and-set. */
final class MemoryLog implements TransactionLog {
  private final Changes changes;
  private final AtomicReferenceArray<@Nullable LogRecord> ring;

  MemoryLog(Changes changes, int slots) {
    this.changes = changes;
    this.ring = new AtomicReferenceArray<>(slots);
  }

  @Override
  public int slots() {
    return ring.length();
  }

  @Override
  public CompletionStage<Slot> read(long number) {
    return CompletableFuture.completedFuture(slot(number));
  }

  private Slot slot(long number) {
    LogRecord held = ring.get(place(number));
    if (held == null || held.number() < number) {
      return new Slot.Empty();
    }
    return held.number() == number ? new Slot.Found(held) : new Slot.Overwritten();
  }

  @Override
  public CompletionStage<Append> append(LogRecord record, Deadline deadline) {
    return changes.change(deadline, () -> put(record));
  }

  private Append put(LogRecord record) {
    int place = place(record.number());
    while (true) {
      LogRecord held = ring.get(place);
      long heldNumber = held == null ? 0 : held.number();
      if (held != null && heldNumber == record.number()) {
        return held.attempt() == record.attempt() ? new Append.Done() : new Append.Lost(held);
      }
      if (heldNumber != Math.max(0, record.number() - slots())) {
        return new Append.OutOfStep();
      }
      if (ring.compareAndSet(place, held, record)) {
        return new Append.Done();
      }
    }
  }

  private int place(long number) {
    return (int) (number % slots());
  }
}
