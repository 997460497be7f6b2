package io.faaskeeper.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.ChannelEndpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryChannelsTest {
  private final MemoryChannels channels = new MemoryChannels();
  private final List<byte[]> received = new ArrayList<>();

  @Test
  void aPushIsDeliveredOnThePushingThread() {
    ChannelEndpoint endpoint = channels.open();
    endpoint.receive(received::add);
    byte[] message = {1};

    var unused = channels.push(endpoint.address("a"), message);

    assertEquals(List.of(message), received);
  }

  @Test
  void aPushToNobodyIsLost() {
    ChannelEndpoint endpoint = channels.open();
    channels.push(endpoint.address("a"), new byte[1]);
    endpoint.receive(received::add);
    assertEquals(0, received.size());

    endpoint.close();
    channels.push(endpoint.address("a"), new byte[1]);
    assertEquals(0, received.size());
  }

  @Test
  void noAddressIsUsedTwice() {
    ChannelEndpoint first = channels.open();
    first.close();

    assertNotEquals(first.address("a"), channels.open().address("a"));
    assertTrue(first.address("a").matches("memory:\\d+"), first.address("a"));
  }
}
