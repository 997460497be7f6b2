package io.faaskeeper.zookeeper.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.apache.jute.BinaryInputArchive;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.ReplyHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a gateway does with single connections, well-behaved or not. */
@Timeout(60)
final class ConnectionTest {
  private static final int TICK_MILLIS = 500;

  private final MemoryService service = new MemoryService(TICK_MILLIS);
  private Gateway gateway = service.gateway(GatewayOptions.local().build());

  @BeforeEach
  void start() throws Exception {
    gateway.start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private WireClient client() throws IOException {
    return new WireClient(gateway.port());
  }

  private void restart(GatewayOptions.Builder options) throws Exception {
    gateway.stop();
    gateway = service.gateway(options.build()).start();
  }

  private void assertStillServes() throws IOException {
    try (WireClient other = client()) {
      assertNotEquals(0, other.connect(5_000).getSessionId());
      other.getData(1, "/");
      assertEquals(0, other.header().getErr());
    }
  }

  @Test
  void negotiatesTheTimeoutAsAServerDoes() throws Exception {
    try (WireClient low = client();
        WireClient between = client();
        WireClient high = client()) {
      assertEquals(2 * TICK_MILLIS, low.connect(1).getTimeOut());
      assertEquals(3_000, between.connect(3_000).getTimeOut());
      assertEquals(20 * TICK_MILLIS, high.connect(1_000_000).getTimeOut());
    }
  }

  @Test
  void answersOldClientsWithoutTheReadOnlyFlag() throws Exception {
    try (WireClient old = client();
        WireClient recent = client()) {
      old.connectOld(5_000);
      recent.connect(5_000, 0, new byte[16], 0);
      assertEquals(recent.frame().length - 1, old.frame().length);
    }
  }

  @Test
  void aSessionIsTakenOverByItsPasswordAlone() throws Exception {
    try (WireClient first = client()) {
      ConnectResponse session = first.connect(5_000);
      try (WireClient stranger = client()) {
        stranger.connect(5_000, session.getSessionId(), new byte[16], 0);
        ConnectResponse refused = stranger.connected();
        assertEquals(0, refused.getSessionId());
        assertEquals(0, refused.getTimeOut());
        assertEquals(0, stranger.bytesToEnd());
      }
      first.getData(1, "/");
      assertEquals(0, first.header().getErr());
      try (WireClient second = client()) {
        second.connect(5_000, session.getSessionId(), session.getPasswd(), 0);
        ConnectResponse again = second.connected();
        assertEquals(session.getSessionId(), again.getSessionId());
        assertArrayEquals(session.getPasswd(), again.getPasswd());
        assertEquals(0, first.bytesToEnd());
      }
    }
  }

  @Test
  void anUnknownSessionIsAnExpiredOne() throws Exception {
    try (WireClient client = client()) {
      client.connect(5_000, 4711, new byte[16], 0);
      assertEquals(0, client.connected().getSessionId());
      assertEquals(0, client.bytesToEnd());
    }
  }

  @Test
  void aClientThatHasSeenTheFutureIsDisconnectedWithoutAnAnswer() throws Exception {
    try (WireClient first = client()) {
      ConnectResponse session = first.connect(5_000);
      try (WireClient ahead = client()) {
        ahead.connect(5_000, session.getSessionId(), session.getPasswd(), 1L << 40);
        assertEquals(0, ahead.bytesToEnd());
      }
    }
  }

  @Test
  void aClientThatSendsNothingMoreIsDisconnected() throws Exception {
    try (WireClient client = client()) {
      client.connect(5_000);
      client.shutdownOutput();
      assertEquals(0, client.bytesToEnd());
    }
    assertStillServes();
  }

  @Test
  void aWrongLengthEndsThatConnectionAlone() throws Exception {
    for (int length : List.of(-1, Integer.MIN_VALUE, BinaryInputArchive.maxBuffer + 1)) {
      try (WireClient before = client();
          WireClient bad = client()) {
        before.connect(5_000);
        bad.connect(5_000);
        bad.length(length);
        assertEquals(0, bad.bytesToEnd());
        before.getData(1, "/");
        assertEquals(0, before.header().getErr());
      }
    }
  }

  @Test
  void aPacketThatIsNoneEndsThatConnectionAlone() throws Exception {
    try (WireClient bad = client()) {
      bad.length(3);
      bad.raw((byte) 1, (byte) 2, (byte) 3);
      assertEquals(0, bad.bytesToEnd());
    }
    try (WireClient bad = client()) {
      bad.connect(5_000);
      bad.length(2);
      bad.raw((byte) 1, (byte) 2);
      assertEquals(0, bad.bytesToEnd());
    }
    try (WireClient empty = client()) {
      empty.length(0);
      assertEquals(0, empty.bytesToEnd());
    }
    assertStillServes();
  }

  @Test
  void packetsMayComeInAnyPieces() throws Exception {
    try (WireClient client = client()) {
      client.connect(5_000);
      for (byte b : new byte[] {0, 0, 0, 14, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 1, '/', 0}) {
        client.raw(b);
      }
      ReplyHeader header = client.header();
      assertEquals(7, header.getXid());
      assertEquals(0, header.getErr());
    }
  }

  @Test
  void requestsSentWithTheFirstPacketAreAnsweredAfterIt() throws Exception {
    try (WireClient client = client()) {
      client.connect(5_000, 0, new byte[16], 0);
      client.getData(1, "/");
      client.getData(2, "/none");
      assertNotEquals(0, client.connected().getSessionId());
      assertEquals(1, client.header().getXid());
      assertEquals(-101, client.header().getErr());
    }
  }

  @Test
  void aConnectionThatAsksForNothingEnds() throws Exception {
    restart(GatewayOptions.local().handshakeTime(Duration.ofMillis(200)).drainTime(Duration.ZERO));
    try (WireClient silent = client();
        WireClient slow = client()) {
      slow.raw((byte) 0);
      assertEquals(0, silent.bytesToEnd());
      assertEquals(0, slow.bytesToEnd());
    }
    assertStillServes();
  }

  @Test
  void aHalfOpenConnectionEndsWithItsSession() throws Exception {
    try (WireClient client = client()) {
      ConnectResponse session = client.connect(2 * TICK_MILLIS);
      assertEquals(0, client.bytesToEnd());
      try (WireClient again = client()) {
        again.connect(5_000, session.getSessionId(), session.getPasswd(), 0);
        assertEquals(0, again.connected().getSessionId());
      }
    }
  }

  @Test
  void moreRequestsThanMayBeUnderWayAreAnsweredAllAndInOrder() throws Exception {
    restart(GatewayOptions.local().maxUnanswered(3));
    assertAnsweredInOrder();
  }

  @Test
  void withoutMemoryOneRequestAtATimeIsAnswered() throws Exception {
    restart(GatewayOptions.local().maxBytesUnderWay(1));
    assertAnsweredInOrder();
  }

  private void assertAnsweredInOrder() throws IOException {
    try (WireClient client = client()) {
      client.connect(10_000);
      for (int i = 1; i <= 500; i++) {
        if (i % 5 == 0) {
          client.send(
              i,
              OpCode.create,
              new CreateRequest("/n" + i, new byte[100], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0));
        } else {
          client.getData(i, "/n" + (i / 5) * 5);
        }
      }
      for (int i = 1; i <= 500; i++) {
        ReplyHeader header = client.header();
        assertEquals(i, header.getXid());
        assertEquals(i < 5 ? -101 : 0, header.getErr());
      }
    }
  }

  @Test
  void theConnectionOfAClientThatDoesNotReadEnds() throws Exception {
    try (WireClient writer = client();
        WireClient deaf = new WireClient(gateway.port(), 4_096)) {
      writer.connect(10_000);
      writer.send(
          1,
          OpCode.create,
          new CreateRequest("/large", new byte[500_000], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0));
      assertEquals(0, writer.header().getErr());
      deaf.connect(2 * TICK_MILLIS);
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 1; i < 10_000_000; i++) {
              deaf.getData(i, "/large");
            }
          });
      writer.getData(2, "/");
      assertEquals(0, writer.header().getErr());
    }
  }

  @Test
  void aSlowClientGetsAllWhileOthersAreServed() throws Exception {
    try (WireClient client = new WireClient(gateway.port(), 4_096);
        WireClient other = client()) {
      client.connect(10_000);
      other.connect(10_000);
      client.send(
          1,
          OpCode.create,
          new CreateRequest("/large", new byte[900_000], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0));
      assertEquals(0, client.header().getErr());
      for (int i = 2; i < 200; i++) {
        client.getData(i, "/large");
        other.send(
            i,
            OpCode.create,
            new CreateRequest("/small" + i, new byte[1], ZooDefs.Ids.OPEN_ACL_UNSAFE, 0));
      }
      for (int i = 2; i < 200; i++) {
        assertEquals(i, other.header().getXid());
      }
      for (int i = 2; i < 200; i++) {
        assertTrue(client.frame().length > 900_000);
      }
    }
  }

  @Test
  void boundsConnectionsOfAHostAndInAll() throws Exception {
    restart(GatewayOptions.local().maxClientCnxns(2));
    assertThirdIsRefused();
    restart(GatewayOptions.local().maxCnxns(2));
    assertThirdIsRefused();
  }

  private void assertThirdIsRefused() throws Exception {
    try (WireClient first = client()) {
      first.connect(5_000);
      try (WireClient second = client()) {
        second.connect(5_000);
        try (WireClient third = client()) {
          assertThrows(IOException.class, () -> third.connect(5_000));
        }
        second.reset();
      }
      first.send(-2, OpCode.ping);
      first.header();
      awaitServed();
    }
  }

  /** The gateway learns of a reset in its own time. */
  private void awaitServed() throws Exception {
    while (true) {
      try (WireClient next = client()) {
        next.connect(5_000);
        return;
      } catch (EOFException | SocketException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void saysInOneLineThatAPortIsTaken() {
    Gateway second = service.gateway(GatewayOptions.local().port(gateway.port()).build());
    IOException failure = assertThrows(IOException.class, second::start);
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith("port " + gateway.port() + " can't be listened on"), message);
  }
}
