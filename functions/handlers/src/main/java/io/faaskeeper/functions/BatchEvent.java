package io.faaskeeper.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of Lambda's event sources, a queue of SQS or the stream of a table, and the answer
 * that both take. A queue's message has its text as body, a stream's record that of the item's
 * attribute {@code m}, and none if the table has no such attribute.
 */
final class BatchEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchEvent() {}

  /**
   * A message, or a change of an item.
   *
   * @param id by which a failure is reported: the message's, or the record's sequence number
   * @param group within which there is order: the message group, or the item's key
   */
  record Message(String id, String group, String body) {}

  /** The messages, in their order; an unchecked exception if it is no such event. */
  static List<Message> read(InputStream event) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (JsonNode record : JSON.readTree(event).required("Records")) {
      String source = record.path("eventSource").asText();
      switch (source) {
        case "aws:sqs" -> messages.add(ofQueue(record));
        case "aws:dynamodb" -> messages.add(ofStream(record.required("dynamodb")));
        default -> throw new IllegalArgumentException("an event of " + source);
      }
    }
    return messages;
  }

  private static Message ofQueue(JsonNode record) {
    return new Message(
        record.required("messageId").asText(),
        record.path("attributes").path("MessageGroupId").asText(),
        record.required("body").asText());
  }

  private static Message ofStream(JsonNode change) {
    return new Message(
        change.required("SequenceNumber").asText(),
        change.required("Keys").toString(),
        change.path("NewImage").path("m").path("S").asText());
  }

  /** An event without messages. */
  static InputStream empty() {
    return new ByteArrayInputStream("{\"Records\":[]}".getBytes(StandardCharsets.UTF_8));
  }

  /** The answer of {@code ReportBatchItemFailures}: these are to be delivered again. */
  static byte[] failures(List<String> ids) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = answer.putArray("batchItemFailures");
    ids.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }
}
