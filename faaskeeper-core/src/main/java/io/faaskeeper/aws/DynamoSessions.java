package io.faaskeeper.aws;

import io.faaskeeper.model.Codec;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** A session as an item: t the zxid that touched it, v the session, e when a closed one expires. */
final class DynamoSessions implements SessionStore {
  private static final Duration LIFE = Duration.ofDays(1);
  private static final String KEY = Tables.SESSIONS.partition().name();

  private final Dynamo dynamo;

  DynamoSessions(Dynamo dynamo) {
    this.dynamo = dynamo;
  }

  @Override
  public CompletionStage<Optional<SessionState>> read(long sessionId) {
    return dynamo
        .get(Tables.SESSIONS, Map.of(KEY, key(sessionId)))
        .thenApply(item -> Optional.ofNullable(Values.bytes(item, "v")).map(Codec::decodeSession));
  }

  @Override
  public CompletionStage<Void> apply(SessionState session, Deadline deadline) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(KEY, key(session.id()));
    item.put("t", Values.number(session.touched()));
    item.put("v", Values.bytes(Codec.encode(session)));
    if (session.status() == SessionState.Status.CLOSED) {
      item.put(TableSchema.EXPIRY, dynamo.expiry(LIFE));
    }
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .item(item)
            .conditionExpression("attribute_not_exists(t) OR t < :t")
            .expressionAttributeValues(Map.of(":t", Values.number(session.touched())));
    return dynamo.put(Tables.SESSIONS, put, deadline).thenAccept(done -> {});
  }

  private static AttributeValue key(long sessionId) {
    return Values.bytes(Keys.number(sessionId));
  }
}
