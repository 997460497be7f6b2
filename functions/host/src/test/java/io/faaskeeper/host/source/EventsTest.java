package io.faaskeeper.host.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.host.lambda.Account;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void batchLooksAsLambdaMakesIt() throws IOException {
    QueueMessage message =
        new QueueMessage(
            "id",
            "handle",
            "body",
            "md5",
            Map.of("MessageGroupId", "g", "SequenceNumber", "7", "ApproximateReceiveCount", "1"));

    JsonNode event = JSON.readTree(QueueEvent.of(List.of(message), "arn:aws:sqs:r:0:q.fifo", "r"));

    JsonNode expected =
        JSON.readTree(
            """
            {"Records": [{
              "messageId": "id", "receiptHandle": "handle", "body": "body",
              "attributes": {
                "MessageGroupId": "g", "SequenceNumber": "7", "ApproximateReceiveCount": "1"},
              "messageAttributes": {}, "md5OfBody": "md5", "eventSource": "aws:sqs",
              "eventSourceARN": "arn:aws:sqs:r:0:q.fifo", "awsRegion": "r"}]}
            """);
    assertEquals(expected, event);
  }

  @Test
  void scheduledEventLooksAsEventBridgeMakesIt() throws IOException {
    byte[] payload =
        Schedule.event(Account.local("r"), "rule", Instant.parse("2026-11-24T10:20:30.123Z"));

    ObjectNode event = (ObjectNode) JSON.readTree(payload);

    event.remove("id");
    JsonNode expected =
        JSON.readTree(
            """
            {"version": "0", "detail-type": "Scheduled Event", "source": "aws.events",
             "account": "000000000000", "time": "2026-11-24T10:20:30Z", "region": "r",
             "resources": ["arn:aws:events:r:000000000000:rule/rule"], "detail": {}}
            """);
    assertEquals(expected, event);
  }
}
