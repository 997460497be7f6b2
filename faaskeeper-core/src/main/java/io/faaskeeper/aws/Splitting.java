package io.faaskeeper.aws;

/**
 * From how many bytes on something is not in the item where it belongs but in several beside it.
 * What was written under other sizes can still be read.
 *
 * @param inlineDataBytes the most data that a node's item has
 * @param dataPartBytes the most data that an item beside it has; of any data there may be 127
 * @param inlineRecordBytes the largest record that a slot of the log has
 * @param recordPartBytes the most of a record that an item beside it has
 * @param inlineMessageBytes the largest message that an item of the worker queue has
 * @param messagePartBytes the most of a message that an item beside it has
 */
public record Splitting(
    int inlineDataBytes,
    int dataPartBytes,
    int inlineRecordBytes,
    int recordPartBytes,
    int inlineMessageBytes,
    int messagePartBytes) {
  /** That of every deployment. */
  public static final Splitting DEFAULT =
      new Splitting(
          NodeItem.INLINE_BYTES,
          Parts.PART_BYTES,
          DynamoLog.INLINE_BYTES,
          Parts.PART_BYTES,
          DynamoWorkerQueue.INLINE_BYTES,
          Parts.PART_BYTES);
}
