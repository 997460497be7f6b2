package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.data;
import static io.faaskeeper.port.Stages.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.faaskeeper.model.Seal;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ClientChannel} and its {@link ChannelEndpoint} must do. A push may be lost
 * where it matters; on one machine, between two that listen, none is. To run it on an
 * implementation, extend it and return the two sides.
 */
public abstract class ClientChannelContract {
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private ClientChannel channel;
  private ChannelEndpoint endpoint;
  private String address;

  /** The service's side. */
  protected abstract ClientChannel channel();

  /** A new endpoint of a process. */
  protected abstract ChannelEndpoint open();

  @BeforeEach
  void connect() {
    channel = channel();
    endpoint = open();
    endpoint.receive(received::add);
    address = opened(endpoint);
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void aPushArrivesWhole() {
    for (int size : new int[] {0, 1, 100, 70_000, 1 << 20}) {
      byte[] message = data(size, size);

      assertArrayEquals(message, push(address, message, received));
    }
  }

  @Test
  void aPushArrivesWhereItIsSent() {
    BlockingQueue<byte[]> others = new LinkedBlockingQueue<>();
    ChannelEndpoint other = open();
    other.receive(others::add);
    String otherAddress = opened(other);
    assertNotEquals(address, otherAddress);

    assertArrayEquals(data(9, 1), push(address, data(9, 1), received));
    assertArrayEquals(data(9, 2), push(otherAddress, data(9, 2), others));

    other.close();
  }

  @Test
  void whatIsWrongAtTheOtherSideDoesNotReachTheSender() {
    ChannelEndpoint closed = open();
    closed.receive(
        message -> {
          throw new AssertionError("closed");
        });
    String closedAddress = opened(closed);
    closed.close();

    await(channel.push(closedAddress, data(9, 1)));
    await(channel.push("", data(9, 1)));
    await(channel.push("no address", data(9, 1)));

    assertArrayEquals(data(9, 2), push(address, data(9, 2), received));
  }

  @Test
  void aReceiverThatFailsReceivesTheNext() {
    BlockingQueue<byte[]> failing = new LinkedBlockingQueue<>();
    ChannelEndpoint other = open();
    other.receive(
        message -> {
          failing.add(message);
          throw new IllegalStateException("a test's receiver fails");
        });
    String otherAddress = opened(other);

    assertArrayEquals(data(9, 1), push(otherAddress, data(9, 1), failing));
    failing.clear();
    assertArrayEquals(data(9, 2), push(otherAddress, data(9, 2), failing));

    other.close();
  }

  @Test
  void pushesFromManyThreadsDoNotMix() {
    int runners = 4;
    int each = 25;

    Race.run(
        runners,
        i -> {
          for (int k = 0; k < each; k++) {
            await(channel.push(address, data(1000 * i + k, i)));
          }
          return true;
        });

    Set<Integer> sizes = new HashSet<>();
    for (int k = 0; k < runners * each; k++) {
      byte[] message = next(received);
      assertArrayEquals(data(message.length, message.length / 1000), message);
      sizes.add(message.length);
    }
    assertEquals(runners * each, sizes.size());
  }

  @Test
  void anEndpointServesOneProcessAfterTheOther() {
    String first = name();
    await(endpoint.open(first));
    await(endpoint.open(first));
    assertArrayEquals(data(9, 1), push(endpoint.address(first), data(9, 1), received));
    endpoint.end(first);
    String second = name();
    await(endpoint.open(second));

    await(channel.remove(endpoint.address(first)));

    assertArrayEquals(data(9, 2), push(endpoint.address(second), data(9, 2), received));
    endpoint.end(second);
  }

  @Test
  void whatADeadProcessLeavesIsRemovedAsOftenAsAnybodyLikes() {
    ChannelEndpoint dead = open();
    String deadAddress = opened(dead);
    dead.close();

    await(channel.remove(deadAddress));
    await(channel.remove(deadAddress));
    await(channel.remove("no address"));
    await(channel.push(deadAddress, data(9, 1)));

    assertArrayEquals(data(9, 2), push(address, data(9, 2), received));
  }

  /** Opens a process of a new name, and tells its address. */
  private static String opened(ChannelEndpoint endpoint) {
    String process = name();
    await(endpoint.open(process));
    return endpoint.address(process);
  }

  private static String name() {
    byte[] secret = new byte[Seal.SECRET_BYTES];
    ThreadLocalRandom.current().nextBytes(secret);
    return Seal.processName(secret);
  }

  private byte[] push(String address, byte[] message, BlockingQueue<byte[]> to) {
    await(channel.push(address, message));
    return next(to);
  }

  private static byte[] next(BlockingQueue<byte[]> from) {
    try {
      byte[] message = from.poll(20, TimeUnit.SECONDS);
      assertNotNull(message, "lost");
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
