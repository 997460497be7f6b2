package io.faaskeeper.port;

import io.faaskeeper.model.LogRecord;
import java.util.concurrent.CompletionStage;

/**
 * The transaction log: a ring of {@link #slots} slots, of which record n has number n mod slots.
 * Reads are strongly consistent; an append is linearizable.
 */
public interface TransactionLog {
  /** The size of the ring. It never changes in the life of a deployment. */
  int slots();

  /** What the slot of record {@code number} holds. */
  CompletionStage<Slot> read(long number);

  /**
   * Puts the record into its slot if that holds record {@code number - slots} (in the first lap:
   * nothing). So of any number of attempts to append record n exactly one succeeds, ever, however
   * late the others come. The caller sees to it that the watermark has passed record {@code number
   * - slots}.
   *
   * <p>An attempt that had succeeded before (its answer was lost) is {@link Append.Done} too. A
   * failure of the stage means that the outcome is unknown.
   */
  CompletionStage<Append> append(LogRecord record, Deadline deadline);

  /** What a slot holds, seen from the record that was asked for. */
  sealed interface Slot {
    /** The record is not appended yet. */
    record Empty() implements Slot {}

    record Found(LogRecord record) implements Slot {}

    /** A later record has taken its place: who asks is a whole lap behind. */
    record Overwritten() implements Slot {}
  }

  /** What became of an append. */
  sealed interface Append {
    record Done() implements Append {}

    /** Another record with this number was first: here it is. */
    record Lost(LogRecord winner) implements Append {}

    /**
     * The slot holds a later record, or one too old: who appends is a lap behind, or ahead of the
     * watermark.
     */
    record OutOfStep() implements Append {}
  }
}
