package io.faaskeeper.aws;

import io.faaskeeper.port.Deadline;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Bytes that are too many for where they belong, put beside it as several items under an id that
 * nobody can have used before. They are put first, then named; they expire by themselves.
 */
final class Parts {
  /** Well below the 400 KiB of an item; several are put and read at once. */
  static final int PART_BYTES = 256 * 1024;

  private static final String KEY = Tables.LOG_PARTS.partition().name();
  private static final String BYTES = "v";

  private final Dynamo dynamo;
  private final TableSchema table;
  private final Duration life;
  private final int partBytes;

  /**
   * In one table.
   *
   * @param life how long they are there at least
   * @param partBytes the most that a part has
   */
  Parts(Dynamo dynamo, TableSchema table, Duration life, int partBytes) {
    this.dynamo = dynamo;
    this.table = table;
    this.life = life;
    this.partBytes = partBytes;
  }

  /** How many parts so many bytes make. */
  int count(int bytes) {
    return count(bytes, partBytes);
  }

  static int count(int bytes, int partBytes) {
    return Math.max(1, (bytes + partBytes - 1) / partBytes);
  }

  /** The bytes of one part. */
  static byte[] part(byte[] whole, int index, int partBytes) {
    int from = index * partBytes;
    return Arrays.copyOfRange(whole, from, Math.min(whole.length, from + partBytes));
  }

  static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    return whole.toByteArray();
  }

  CompletionStage<Void> put(byte[] id, byte[] whole, Deadline deadline) {
    List<CompletionStage<Dynamo.Outcome>> puts = new ArrayList<>();
    for (int i = 0; i < count(whole.length); i++) {
      Map<String, AttributeValue> item =
          Map.of(
              KEY,
              key(id, i),
              BYTES,
              Values.bytes(part(whole, i, partBytes)),
              TableSchema.EXPIRY,
              dynamo.expiry(life));
      puts.add(dynamo.put(table, PutItemRequest.builder().item(item), deadline));
    }
    return Dynamo.all(puts);
  }

  /** The bytes, if all parts are (still) there. */
  CompletionStage<Optional<byte[]>> get(byte[] id, int count) {
    List<CompletableFuture<Map<String, AttributeValue>>> gets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      gets.add(dynamo.get(table, Map.of(KEY, key(id, i))).toCompletableFuture());
    }
    return Dynamo.all(gets)
        .thenApply(
            done -> {
              List<Map<String, AttributeValue>> items =
                  gets.stream().map(CompletableFuture::join).toList();
              return items.stream().anyMatch(Map::isEmpty)
                  ? Optional.empty()
                  : Optional.of(
                      join(items.stream().map(item -> Values.needBytes(item, BYTES)).toList()));
            });
  }

  private static AttributeValue key(byte[] id, int index) {
    return Values.bytes(
        ByteBuffer.allocate(id.length + Short.BYTES).put(id).putShort((short) index).array());
  }
}
