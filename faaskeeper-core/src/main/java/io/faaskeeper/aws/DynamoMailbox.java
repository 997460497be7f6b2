package io.faaskeeper.aws;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Mailbox;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A mailbox item holds v, a set of encoded events. What one zxid brings may be more than an item
 * holds: its events are spread over items with the zxid and a number as their key, and put together
 * again when they are read.
 */
final class DynamoMailbox implements Mailbox {
  private static final Duration LIFE = Duration.ofDays(1);

  /** A quarter of an item's limit: copies of the distributor may spread the events otherwise. */
  private static final int ITEM_BYTES = 100_000;

  private static final String PROCESS = Tables.MAILBOXES.partition().name();

  private final Dynamo dynamo;

  DynamoMailbox(Dynamo dynamo) {
    this.dynamo = dynamo;
  }

  @Override
  public CompletionStage<Void> add(
      String process, long zxid, Collection<MailboxEvent> events, Deadline deadline) {
    List<CompletionStage<Dynamo.Outcome>> adds = new ArrayList<>();
    List<SdkBytes> item = new ArrayList<>();
    int bytes = 0;
    for (MailboxEvent event : new TreeSet<>(events)) {
      byte[] encoded = Codec.encode(event);
      if (bytes > 0 && bytes + encoded.length > ITEM_BYTES) {
        adds.add(add(process, key(zxid, adds.size()), item, deadline));
        item = new ArrayList<>();
        bytes = 0;
      }
      item.add(SdkBytes.fromByteArrayUnsafe(encoded));
      bytes += encoded.length;
    }
    if (!item.isEmpty()) {
      adds.add(add(process, key(zxid, adds.size()), item, deadline));
    }
    return Dynamo.all(adds);
  }

  private CompletionStage<Dynamo.Outcome> add(
      String process, AttributeValue key, List<SdkBytes> events, Deadline deadline) {
    UpdateItemRequest.Builder update =
        UpdateItemRequest.builder()
            .key(Map.of(PROCESS, process(process), "z", key))
            .updateExpression("ADD v :v SET e = :e")
            .expressionAttributeValues(
                Map.of(":v", AttributeValue.fromBs(events), ":e", dynamo.expiry(LIFE)));
    return dynamo.update(Tables.MAILBOXES, update, deadline);
  }

  @Override
  public CompletionStage<SortedMap<Long, List<MailboxEvent>>> read(
      String process, long after, long upTo) {
    if (after >= upTo) {
      return CompletableFuture.completedStage(new TreeMap<>());
    }
    QueryRequest.Builder query =
        QueryRequest.builder()
            .keyConditionExpression("p = :p AND z BETWEEN :from AND :to")
            .expressionAttributeValues(
                Map.of(":p", process(process), ":from", key(after + 1, 0), ":to", key(upTo, 255)));
    return dynamo.all(Tables.MAILBOXES, query).thenApply(DynamoMailbox::events);
  }

  private static SortedMap<Long, List<MailboxEvent>> events(
      List<Map<String, AttributeValue>> items) {
    SortedMap<Long, TreeSet<MailboxEvent>> sets = new TreeMap<>();
    for (Map<String, AttributeValue> item : items) {
      TreeSet<MailboxEvent> set =
          sets.computeIfAbsent(Keys.number(Values.needBytes(item, "z")), zxid -> new TreeSet<>());
      Values.set(item, "v").forEach(b -> set.add(Codec.decodeEvent(b.asByteArrayUnsafe())));
    }
    SortedMap<Long, List<MailboxEvent>> events = new TreeMap<>();
    sets.forEach((zxid, set) -> events.put(zxid, List.copyOf(set)));
    return events;
  }

  private static AttributeValue process(String process) {
    return Values.bytes(Keys.utf8(process));
  }

  private static AttributeValue key(long zxid, int number) {
    return Values.bytes(
        ByteBuffer.allocate(Long.BYTES + 1).putLong(zxid).put((byte) number).array());
  }
}
