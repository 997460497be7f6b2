package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Changes of items as the event that Lambda makes of them. */
final class StreamEvent {
  private StreamEvent() {}

  static StreamRecord record(Record change, String streamArn, String region) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("eventID", change.eventID());
    json.put("eventName", change.eventNameAsString());
    json.put("eventVersion", change.eventVersion());
    json.put("eventSource", "aws:dynamodb");
    json.put("awsRegion", region);
    ObjectNode dynamodb = json.putObject("dynamodb");
    if (change.dynamodb().approximateCreationDateTime() != null) {
      dynamodb.put(
          "ApproximateCreationDateTime",
          change.dynamodb().approximateCreationDateTime().getEpochSecond());
    }
    dynamodb.set("Keys", item(change.dynamodb().keys()));
    if (change.dynamodb().hasNewImage()) {
      dynamodb.set("NewImage", item(change.dynamodb().newImage()));
    }
    dynamodb.put("SequenceNumber", change.dynamodb().sequenceNumber());
    dynamodb.put("SizeBytes", change.dynamodb().sizeBytes());
    dynamodb.put("StreamViewType", change.dynamodb().streamViewTypeAsString());
    json.put("eventSourceARN", streamArn);
    return new StreamRecord(
        change.dynamodb().sequenceNumber(), dynamodb.get("Keys").toString(), json);
  }

  static byte[] of(List<StreamRecord> records) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode array = event.putArray("Records");
    records.forEach(record -> array.add(record.json()));
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode item(Map<String, AttributeValue> item) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    item.forEach((name, value) -> json.set(name, value(value)));
    return json;
  }

  private static ObjectNode value(AttributeValue value) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case B -> json.put("B", base64(value.b()));
      case BOOL -> json.put("BOOL", value.bool());
      case NUL -> json.put("NULL", true);
      case SS -> value.ss().forEach(json.putArray("SS")::add);
      case NS -> value.ns().forEach(json.putArray("NS")::add);
      case BS -> {
        ArrayNode elements = json.putArray("BS");
        value.bs().forEach(element -> elements.add(base64(element)));
      }
      case L -> {
        ArrayNode elements = json.putArray("L");
        value.l().forEach(element -> elements.add(value(element)));
      }
      case M -> json.set("M", item(value.m()));
      default -> throw new IllegalArgumentException("an attribute of type " + value.type());
    }
    return json;
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
