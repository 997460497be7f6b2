package io.faaskeeper.port;

import static io.faaskeeper.port.Samples.data;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
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

  /** The service's side. */
  protected abstract ClientChannel channel();

  /** A new endpoint of a process. */
  protected abstract ChannelEndpoint open();

  @BeforeEach
  void connect() {
    channel = channel();
    endpoint = open();
    endpoint.receive(received::add);
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void aPushArrivesWhole() {
    for (int size : new int[] {0, 1, 100, 70_000, 1 << 20}) {
      byte[] message = data(size, size);

      assertArrayEquals(message, push(endpoint.address(), message, received));
    }
  }

  @Test
  void aPushArrivesWhereItIsSent() {
    BlockingQueue<byte[]> others = new LinkedBlockingQueue<>();
    ChannelEndpoint other = open();
    other.receive(others::add);
    assertNotEquals(endpoint.address(), other.address());

    assertArrayEquals(data(9, 1), push(endpoint.address(), data(9, 1), received));
    assertArrayEquals(data(9, 2), push(other.address(), data(9, 2), others));

    other.close();
  }

  @Test
  void whatIsWrongAtTheOtherSideDoesNotReachTheSender() {
    ChannelEndpoint closed = open();
    closed.receive(
        message -> {
          throw new AssertionError("closed");
        });
    closed.close();

    channel.push(closed.address(), data(9, 1));
    channel.push("", data(9, 1));
    channel.push("no address", data(9, 1));

    assertArrayEquals(data(9, 2), push(endpoint.address(), data(9, 2), received));
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

    assertArrayEquals(data(9, 1), push(other.address(), data(9, 1), failing));
    failing.clear();
    assertArrayEquals(data(9, 2), push(other.address(), data(9, 2), failing));

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
            channel.push(endpoint.address(), data(1000 * i + k, i));
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

  private byte[] push(String address, byte[] message, BlockingQueue<byte[]> to) {
    channel.push(address, message);
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
