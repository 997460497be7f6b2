package io.faaskeeper.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.faaskeeper.port.Clock;
import io.faaskeeper.port.LogLines;
import io.faaskeeper.port.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers and lost connections do to the client channel. */
class TcpChannelTest {
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final TcpClientChannel channel =
      new TcpClientChannel(Clock.SYSTEM, TcpChannelTest::daemon);
  private final TcpChannelEndpoint endpoint =
      new TcpChannelEndpoint("127.0.0.1", 0, TcpChannelTest::daemon);

  @BeforeEach
  void receive() {
    endpoint.receive(received::add);
  }

  @AfterEach
  void close() {
    channel.close();
    endpoint.close();
  }

  @Test
  void garbageEndsTheStrangersConnectionAlone() throws IOException, InterruptedException {
    assertPushed(1);
    for (String garbage :
        List.of("GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001", "\u00ff".repeat(50))) {
      try (Socket stranger = connect()) {
        stranger.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
        if (garbage.length() > 4) {
          assertEquals(-1, stranger.getInputStream().read());
        }
      }
      assertPushed(2);
    }
  }

  @Test
  void garbageIsToldOfInOneLineThatDoesNotRepeatItselfEndlessly()
      throws IOException, InterruptedException {
    try (LogLines log = LogLines.warnings(TcpAcceptor.class)) {
      for (int i = 0; i < 5; i++) {
        try (Socket stranger = connect()) {
          stranger.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
          assertEquals(-1, stranger.getInputStream().read());
        }
      }
      assertPushed(1);
      String line = "a connection to the client channel brought no message and was closed (";
      assertEquals(
          List.of(
              line + "1 so far): a frame of 1195725856 bytes",
              line + "2 so far): a frame of 1195725856 bytes",
              line + "4 so far): a frame of 1195725856 bytes"),
          log.lines());
    }
  }

  @Test
  void anOversizedFrameEndsTheStrangersConnectionAlone() throws IOException, InterruptedException {
    assertPushed(1);
    try (Socket stranger = connect()) {
      stranger.getOutputStream().write(length(Frames.MAX_BYTES + 1));
      assertEquals(-1, stranger.getInputStream().read());
    }
    assertPushed(2);
  }

  @Test
  void connectionsAreBounded() throws IOException, InterruptedException {
    List<Socket> strangers = connect(TcpAcceptor.MAX_CONNECTIONS + 1);

    assertEquals(-1, strangers.get(0).getInputStream().read());

    assertPushed(1);
    close(strangers);
  }

  /** A push may be lost as long as the sender cannot know that its connection has gone. */
  @Test
  void aConnectionThatWasClosedIsOpenedAgain() throws IOException, InterruptedException {
    assertPushed(1);
    List<Socket> strangers = connect(TcpAcceptor.MAX_CONNECTIONS);

    byte[] message = null;
    for (int i = 0; i < 100 && message == null; i++) {
      channel.push(endpoint.address(""), Samples.data(8, 8));
      message = received.poll(200, TimeUnit.MILLISECONDS);
    }

    assertArrayEquals(Samples.data(8, 8), message);
    close(strangers);
  }

  @Test
  void memoryOfUnfinishedMessagesIsBounded() throws IOException, InterruptedException {
    assertPushed(1);
    byte[] most = new byte[Frames.MAX_BYTES - 1];
    List<Socket> strangers = connect(1 + TcpAcceptor.MAX_HELD_BYTES / Frames.MAX_BYTES);
    for (Socket stranger : strangers) {
      OutputStream out = stranger.getOutputStream();
      out.write(length(Frames.MAX_BYTES));
      out.write(most);
    }

    assertEquals(-1, strangers.get(0).getInputStream().read());

    assertPushed(2);
    close(strangers);
  }

  private void assertPushed(int seed) throws InterruptedException {
    channel.push(endpoint.address(""), Samples.data(100, seed));
    byte[] message = received.poll(20, TimeUnit.SECONDS);
    assertNotNull(message);
    assertArrayEquals(Samples.data(100, seed), message);
  }

  private List<Socket> connect(int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(connect());
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect() throws IOException {
    TcpAddress address = TcpAddress.parse(endpoint.address("")).orElseThrow();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static byte[] length(int length) {
    return ByteBuffer.allocate(4).putInt(length).array();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }
}
