package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lambda's own serializer reads and writes what the handlers take and give. */
class QueueEventTest {
  private static final ClassLoader LOADER = QueueEventTest.class.getClassLoader();

  @Test
  void batchIsRead() {
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

    SQSEvent event = LambdaEventSerializers.serializerFor(SQSEvent.class, LOADER).fromJson(json);

    assertEquals("059f36b4", event.getRecords().get(0).getMessageId());
    assertEquals("iAAAA", event.getRecords().get(0).getBody());
    assertEquals("g1", event.getRecords().get(0).getAttributes().get("MessageGroupId"));
  }

  @Test
  void failuresAreWritten() {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    LambdaEventSerializers.serializerFor(SQSBatchResponse.class, LOADER)
        .toJson(new SQSBatchResponse(List.of(new BatchItemFailure("059f36b4"))), json);

    assertEquals(
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"059f36b4\"}]}",
        json.toString(StandardCharsets.UTF_8));
  }
}
