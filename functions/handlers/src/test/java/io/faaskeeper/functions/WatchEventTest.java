package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.MailboxEvent.Kind;
import io.faaskeeper.port.WatchFunction.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WatchEventTest {
  @Test
  void deliveriesComeOutAsTheyWentIn() {
    MailboxEvent created = new MailboxEvent(0, Kind.CREATED, "/ä", null);
    MailboxEvent deleted =
        new MailboxEvent(1, Kind.DELETED, "/b", List.of(new Acl(1, "ip", "10.0.0.1")));
    TreeMap<Long, List<MailboxEvent>> events = new TreeMap<>();
    events.put(5L, List.of(created, deleted));
    events.put(Long.MAX_VALUE, List.of(created));
    List<Delivery> deliveries =
        List.of(new Delivery("p", events), new Delivery("q", new TreeMap<>()));

    assertEquals(deliveries, WatchEvent.decode(WatchEvent.encode(deliveries)));
  }

  @Test
  void anotherEventIsRefused() {
    byte[] event = "{\"Records\": []}".getBytes(StandardCharsets.UTF_8);

    assertThrows(IllegalArgumentException.class, () -> WatchEvent.decode(event));
  }
}
