package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A batch of messages as the event that Lambda makes of it. */
final class QueueEvent {
  private QueueEvent() {}

  static byte[] of(List<QueueMessage> messages, String queueArn, String region) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode records = event.putArray("Records");
    for (QueueMessage message : messages) {
      ObjectNode record = records.addObject();
      record.put("messageId", message.id());
      record.put("receiptHandle", message.receiptHandle());
      record.put("body", message.body());
      ObjectNode attributes = record.putObject("attributes");
      message.attributes().forEach(attributes::put);
      record.putObject("messageAttributes");
      record.put("md5OfBody", message.md5());
      record.put("eventSource", "aws:sqs");
      record.put("eventSourceARN", queueArn);
      record.put("awsRegion", region);
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
