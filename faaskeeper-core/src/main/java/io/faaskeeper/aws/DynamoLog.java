package io.faaskeeper.aws;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.TransactionLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The log as a table: s the slot, n the number of the record in it, v the record. Of a large record
 * the slot has instead of v only a, its attempt, and c, the number of its parts: a put is billed by
 * the larger of the old item and the new one, so a large record in a slot would make the small one
 * of the next lap dear.
 */
final class DynamoLog implements TransactionLog {
  /** The slot that says how many there are. */
  static final int RING_SLOT = -1;

  static final int INLINE_BYTES = 16 * 1024;

  /**
   * How long the parts of a record live. It must be applied before: nothing but an outage of all
   * functions can last so long, since an unapplied record is the first thing any of them works on.
   */
  private static final Duration PARTS_LIFE = Duration.ofDays(14);

  private static final String SLOT = Tables.LOG.partition().name();
  private static final String NUMBER = "n";
  private static final String RECORD = "v";
  private static final String ATTEMPT = "a";
  private static final String PARTS = "c";

  private final Dynamo dynamo;
  private final Parts parts;
  private final int inlineBytes;
  private final int slots;

  DynamoLog(Dynamo dynamo, Splitting splitting, int slots) {
    this.dynamo = dynamo;
    this.parts = new Parts(dynamo, Tables.LOG_PARTS, PARTS_LIFE, splitting.recordPartBytes());
    this.inlineBytes = splitting.inlineRecordBytes();
    this.slots = slots;
  }

  /**
   * The log of a deployment.
   *
   * @param slotsIfNew the size of the ring, if it is not written down yet
   */
  static CompletionStage<TransactionLog> open(Dynamo dynamo, Splitting splitting, int slotsIfNew) {
    Map<String, AttributeValue> ring = Map.of(SLOT, Values.number(RING_SLOT));
    return dynamo
        .get(Tables.LOG, ring)
        .thenCompose(
            item ->
                item.isEmpty()
                    ? writeDown(dynamo, ring, slotsIfNew)
                    : CompletableFuture.completedStage(item))
        .thenApply(item -> new DynamoLog(dynamo, splitting, (int) Values.number(item, NUMBER, 0)));
  }

  /**
   * The log of a deployment, for who only reads it.
   *
   * @param slotsIfNew the size of the ring, if it is not written down yet: it stays so
   */
  static CompletionStage<TransactionLog> openToRead(
      Dynamo dynamo, Splitting splitting, int slotsIfNew) {
    return dynamo
        .get(Tables.LOG, Map.of(SLOT, Values.number(RING_SLOT)))
        .thenApply(
            item ->
                new DynamoLog(dynamo, splitting, (int) Values.number(item, NUMBER, slotsIfNew)));
  }

  private static CompletionStage<Map<String, AttributeValue>> writeDown(
      Dynamo dynamo, Map<String, AttributeValue> ring, int slots) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(ring)
            .updateExpression("SET n = if_not_exists(n, :n)")
            .expressionAttributeValues(Map.of(":n", Values.number(slots)))
            .returnValues(ReturnValue.ALL_NEW);
    return dynamo.update(Tables.LOG, update, Deadline.NONE).thenApply(Dynamo.Outcome::item);
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public CompletionStage<Slot> read(long number) {
    return dynamo
        .get(Tables.LOG, Map.of(SLOT, slot(number)))
        .thenCompose(
            item -> {
              long found = Values.number(item, NUMBER, 0);
              return found < number
                  ? CompletableFuture.completedStage(new Slot.Empty())
                  : found > number
                      ? CompletableFuture.completedStage(new Slot.Overwritten())
                      : record(item).thenApply(DynamoLog::found);
            });
  }

  /** A record whose parts have expired was applied long ago. */
  private static Slot found(Optional<LogRecord> record) {
    return record.<Slot>map(Slot.Found::new).orElseGet(Slot.Overwritten::new);
  }

  @Override
  public CompletionStage<Append> append(LogRecord record, Deadline deadline) {
    byte[] body = Codec.encode(record);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(SLOT, slot(record.number()));
    item.put(NUMBER, Values.number(record.number()));
    if (body.length <= inlineBytes) {
      item.put(RECORD, Values.bytes(body));
      return put(record, item, deadline);
    }
    item.put(ATTEMPT, Values.number(record.attempt()));
    item.put(PARTS, Values.number(parts.count(body.length)));
    return parts
        .put(id(record.number(), record.attempt()), body, deadline)
        .thenCompose(done -> put(record, item, deadline));
  }

  private CompletionStage<Append> put(
      LogRecord record, Map<String, AttributeValue> item, Deadline deadline) {
    PutItemRequest.Builder put = PutItemRequest.builder().item(item);
    if (record.number() <= slots) {
      put.conditionExpression("attribute_not_exists(n)");
    } else {
      put.conditionExpression("n = :old")
          .expressionAttributeValues(Map.of(":old", Values.number(record.number() - slots)));
    }
    return dynamo
        .put(Tables.LOG, put, deadline)
        .thenCompose(
            outcome ->
                outcome.done()
                    ? CompletableFuture.completedStage(new Append.Done())
                    : refused(record, outcome.item()));
  }

  private CompletionStage<Append> refused(LogRecord record, Map<String, AttributeValue> stored) {
    if (Values.number(stored, NUMBER, 0) != record.number()) {
      return CompletableFuture.completedStage(new Append.OutOfStep());
    }
    return record(stored)
        .thenApply(
            winner ->
                winner
                    .<Append>map(
                        w ->
                            w.attempt() == record.attempt()
                                ? new Append.Done()
                                : new Append.Lost(w))
                    .orElseGet(Append.OutOfStep::new));
  }

  private CompletionStage<Optional<LogRecord>> record(Map<String, AttributeValue> item) {
    byte[] body = Values.bytes(item, RECORD);
    CompletionStage<Optional<byte[]>> whole =
        body != null
            ? CompletableFuture.completedStage(Optional.of(body))
            : parts.get(
                id(Values.number(item, NUMBER, 0), Values.number(item, ATTEMPT, 0)),
                (int) Values.number(item, PARTS, 0));
    return whole.thenApply(bytes -> bytes.map(Codec::decodeRecord));
  }

  private AttributeValue slot(long number) {
    return Values.number(number % slots);
  }

  private static byte[] id(long number, long attempt) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(number).putLong(attempt).array();
  }
}
