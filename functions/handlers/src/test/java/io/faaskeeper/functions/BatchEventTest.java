package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The events as Lambda's documentation shows them. */
class BatchEventTest {
  @Test
  void queuesMessagesAreRead() throws IOException {
    String json =
        """
        {"Records": [{
          "messageId": "059f36b4", "receiptHandle": "AQEB", "body": "iAAAA",
          "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1573251510774",
            "SequenceNumber": "18849496460467696128", "MessageGroupId": "g1",
            "SenderId": "AIDA", "MessageDeduplicationId": "1",
            "ApproximateFirstReceiveTimestamp": "1573251510774"},
          "messageAttributes": {}, "md5OfBody": "e4e68fb7", "eventSource": "aws:sqs",
          "eventSourceARN": "arn:aws:sqs:us-east-2:123456789012:fifo.fifo",
          "awsRegion": "us-east-2"}]}
        """;

    assertEquals(List.of(new BatchEvent.Message("059f36b4", "g1", "iAAAA")), read(json));
  }

  @Test
  void changesOfAnItemAreReadAndThoseWithoutAMessageHaveNone() throws IOException {
    String json =
        """
        {"Records": [{
          "eventID": "c4ca4238", "eventName": "MODIFY", "eventVersion": "1.1",
          "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
          "dynamodb": {"ApproximateCreationDateTime": 1479499740,
            "Keys": {"g": {"N": "1"}}, "NewImage": {"g": {"N": "1"}, "m": {"S": "iAAAA"}},
            "SequenceNumber": "13021600000000001596893679", "SizeBytes": 112,
            "StreamViewType": "NEW_IMAGE"},
          "eventSourceARN": "arn:aws:dynamodb:us-east-1:123456789012:table/t/stream/2016-11"},
         {"eventID": "c81e728d", "eventName": "INSERT", "eventVersion": "1.1",
          "eventSource": "aws:dynamodb", "awsRegion": "us-east-1",
          "dynamodb": {"Keys": {"s": {"N": "7"}}, "SequenceNumber": "2", "SizeBytes": 4,
            "StreamViewType": "KEYS_ONLY"}}]}
        """;

    assertEquals(
        List.of(
            new BatchEvent.Message("13021600000000001596893679", "{\"g\":{\"N\":\"1\"}}", "iAAAA"),
            new BatchEvent.Message("2", "{\"s\":{\"N\":\"7\"}}", "")),
        read(json));
  }

  @Test
  void whatIsNoEventOfThemFails() {
    for (String json :
        List.of("{}", "[]", "{\"Records\":[{}]}", "{\"Records\":[{\"eventSource\":\"aws:s3\"}]}")) {
      assertThrows(IllegalArgumentException.class, () -> read(json), json);
    }
  }

  @Test
  void failuresAreWritten() {
    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4\"}]}",
        new String(BatchEvent.failures(List.of("059f36b4")), StandardCharsets.UTF_8));
  }

  private static List<BatchEvent.Message> read(String json) throws IOException {
    return BatchEvent.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }
}
