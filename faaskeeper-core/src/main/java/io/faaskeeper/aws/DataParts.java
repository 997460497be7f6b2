package io.faaskeeper.aws;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeUpdate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Data that is too large for a node's item. A node has two slots and uses them in turn, so that the
 * next data is put while the item still names the last, and nothing has to be deleted but with the
 * node. Each part has v, its bytes, and z, the zxid that wrote it: a reader that finds another than
 * the item names looks at the item again.
 */
final class DataParts {
  private static final String KEY = Tables.DATA_PARTS.partition().name();

  private final Dynamo dynamo;
  private final int partBytes;

  DataParts(Dynamo dynamo, int partBytes) {
    this.dynamo = dynamo;
    this.partBytes = partBytes;
  }

  /** Where data is: the zxid that wrote it, its slot, and how many parts it has. */
  record Place(long zxid, int slot, int count) {
    static Place decode(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Place(buffer.getLong(), buffer.get(), buffer.get());
    }

    byte[] encode() {
      return ByteBuffer.allocate(Long.BYTES + 2)
          .putLong(zxid)
          .put((byte) slot)
          .put((byte) count)
          .array();
    }
  }

  /**
   * Of the data that an update writes: in the slot that the version before it did not use, and by
   * the zxid that wrote the data. That of the whole update differs as groups of records are cut
   * otherwise; a copy that comes late with a longer group would make its parts newer than the item
   * says.
   */
  Place place(NodeUpdate update, int bytes) {
    return new Place(
        update.stat().mzxid(), update.stat().version() & 1, Parts.count(bytes, partBytes));
  }

  /**
   * Data as read.
   *
   * @param zxid the latest of its parts'
   * @param bytes the data, or null if the parts are not all of the zxid that was asked for
   */
  record Read(long zxid, byte @Nullable [] bytes) {}

  /** Puts the parts that are not there yet; a part of a later zxid stays. */
  CompletionStage<Void> put(byte[] node, Place place, byte[] data, Deadline deadline) {
    List<CompletionStage<Dynamo.Outcome>> puts = new ArrayList<>();
    for (int i = 0; i < place.count(); i++) {
      PutItemRequest.Builder put =
          PutItemRequest.builder()
              .item(
                  Map.of(
                      KEY,
                      key(node, place.slot(), i),
                      "z",
                      Values.number(place.zxid()),
                      "v",
                      Values.bytes(Parts.part(data, i, partBytes))))
              .conditionExpression("attribute_not_exists(z) OR z < :z")
              .expressionAttributeValues(Map.of(":z", Values.number(place.zxid())));
      puts.add(dynamo.put(Tables.DATA_PARTS, put, deadline));
    }
    return Dynamo.all(puts);
  }

  CompletionStage<Read> read(byte[] node, Place place) {
    List<CompletableFuture<Map<String, AttributeValue>>> gets = new ArrayList<>();
    for (int i = 0; i < place.count(); i++) {
      gets.add(
          dynamo
              .get(Tables.DATA_PARTS, Map.of(KEY, key(node, place.slot(), i)))
              .toCompletableFuture());
    }
    return Dynamo.all(gets)
        .thenApply(
            done -> joined(gets.stream().map(CompletableFuture::join).toList(), place.zxid()));
  }

  private static Read joined(List<Map<String, AttributeValue>> parts, long zxid) {
    long latest = parts.stream().mapToLong(DataParts::zxid).max().orElse(0);
    boolean whole = parts.stream().allMatch(part -> zxid(part) == zxid);
    return new Read(
        latest,
        whole
            ? Parts.join(parts.stream().map(part -> Values.needBytes(part, "v")).toList())
            : null);
  }

  /** Deletes the first {@code count} parts of a slot, but those of a later zxid. */
  CompletionStage<Void> delete(byte[] node, int slot, int count, long zxid, Deadline deadline) {
    List<CompletionStage<Dynamo.Outcome>> deletes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DeleteItemRequest.Builder delete =
          DeleteItemRequest.builder()
              .key(Map.of(KEY, key(node, slot, i)))
              .conditionExpression("z < :z")
              .expressionAttributeValues(Map.of(":z", Values.number(zxid)));
      deletes.add(dynamo.delete(Tables.DATA_PARTS, delete, deadline));
    }
    return Dynamo.all(deletes);
  }

  private static long zxid(Map<String, AttributeValue> part) {
    return Values.number(part, "z", 0);
  }

  private static AttributeValue key(byte[] node, int slot, int index) {
    return Values.bytes(
        ByteBuffer.allocate(node.length + 2).put(node).put((byte) slot).put((byte) index).array());
  }
}
