package io.faaskeeper.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.port.WatchFunction.Delivery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The watch function's event: what a range of processes is told.
 *
 * <pre>{"deliveries": [{"process": name, "events": {zxid: [event in Base64]}}]}</pre>
 */
final class WatchEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WatchEvent() {}

  static byte[] encode(List<Delivery> deliveries) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    ArrayNode list = event.putArray("deliveries");
    for (Delivery delivery : deliveries) {
      ObjectNode events = list.addObject().put("process", delivery.process()).putObject("events");
      delivery
          .events()
          .forEach(
              (zxid, mail) -> {
                ArrayNode array = events.putArray(Long.toString(zxid));
                mail.forEach(m -> array.add(Base64.getEncoder().encodeToString(Codec.encode(m))));
              });
    }
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** An unchecked exception of some kind if the event is none of ours. */
  static List<Delivery> decode(byte[] event) {
    try {
      List<Delivery> deliveries = new ArrayList<>();
      for (JsonNode delivery : JSON.readTree(event).required("deliveries")) {
        SortedMap<Long, List<MailboxEvent>> events = new TreeMap<>();
        for (Map.Entry<String, JsonNode> mail : delivery.required("events").properties()) {
          events.put(Long.valueOf(mail.getKey()), mail(mail.getValue()));
        }
        deliveries.add(new Delivery(delivery.required("process").textValue(), events));
      }
      return deliveries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<MailboxEvent> mail(JsonNode array) {
    List<MailboxEvent> mail = new ArrayList<>();
    for (JsonNode event : array) {
      mail.add(Codec.decodeEvent(Base64.getDecoder().decode(event.textValue())));
    }
    return mail;
  }
}
