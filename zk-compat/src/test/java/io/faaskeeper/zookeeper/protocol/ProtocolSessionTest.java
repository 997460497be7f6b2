package io.faaskeeper.zookeeper.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.ConnectionEndedException;
import io.faaskeeper.client.Reply;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.VirtualTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.WatcherEvent;
import org.junit.jupiter.api.Test;

final class ProtocolSessionTest {
  private static final int TIMEOUT_MILLIS = 9_000;
  private static final String ZERO_PASSWORD = "00000010" + "00".repeat(16);

  private final AtomicLong nanos = new AtomicLong(1_000);
  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos.get();
        }

        @Override
        public long currentTimeMillis() {
          return 0;
        }
      };
  private final VirtualTime time = new VirtualTime();
  private final FakeSession session = new FakeSession(0x2a, TIMEOUT_MILLIS);
  private final RecordingSink sink = new RecordingSink();

  @Test
  void aSessionIsAnsweredWithTimeoutIdAndPassword() {
    connected();
    // version, timeout, id, password, not read-only
    assertEquals(
        "00000000" + "00002328" + "000000000000002a" + "00000010" + "2a" + "00".repeat(15) + "00",
        Frames.hex(response));
  }

  @Test
  void aClientWithoutTheReadOnlyFlagGetsNone() {
    ByteBuffer request = Frames.connect(0, new byte[16], TIMEOUT_MILLIS, 0);
    endpoint(FakeRuntime.with(session)).connect(sink).receive(request.limit(request.limit() - 1));
    assertEquals(36, sink.next().remaining());
  }

  @Test
  void anExpiredSessionIsAnsweredWithZeros() {
    endpoint(FakeRuntime.answering(call -> new ConnectResult.Expired()))
        .connect(sink)
        .receive(Frames.connect(77, new byte[16], TIMEOUT_MILLIS, 3));
    assertEquals("00".repeat(16) + ZERO_PASSWORD + "00", Frames.hex(sink.next()));
    assertNotNull(sink.end);
  }

  @Test
  void anAttachBringsIdPasswordAndLastZxid() throws InterruptedException {
    FakeRuntime runtime = FakeRuntime.with(session);
    endpoint(runtime).connect(sink).receive(Frames.connect(77, new byte[16], TIMEOUT_MILLIS, 3));
    FakeRuntime.Call call = runtime.next();
    assertEquals(77, call.sessionId());
    assertEquals(3, call.lastZxidSeen());
    assertEquals(TIMEOUT_MILLIS, call.timeoutMillis());
  }

  @Test
  void aDroppedAttemptEndsTheConnectionWithoutAWord() {
    endpoint(FakeRuntime.answering(call -> new ConnectResult.Dropped("from the future")))
        .connect(sink)
        .receive(Frames.connect(77, new byte[16], TIMEOUT_MILLIS, 3));
    assertTrue(sink.isEmpty());
    assertEquals("from the future", sink.end);
  }

  @Test
  void aFailedAttemptEndsTheConnection() throws InterruptedException {
    FakeRuntime runtime = FakeRuntime.silent();
    endpoint(runtime).connect(sink).receive(Frames.connect(0, new byte[16], TIMEOUT_MILLIS, 0));
    runtime.next().result().completeExceptionally(new IllegalStateException("broken on purpose"));
    assertTrue(sink.isEmpty());
    assertNotNull(sink.end);
  }

  @Test
  void aPingIsAnsweredWhileTheLeaseIsKept() {
    ProtocolSession connection = connected();
    connection.receive(Frames.request(-2, OpCode.ping));
    // xid -2, the session's zxid, no error
    assertEquals("fffffffe" + "0000000000000005" + "00000000", Frames.hex(sink.next()));
    session.lease = false;
    connection.receive(Frames.request(-2, OpCode.ping));
    assertTrue(sink.isEmpty());
    assertEquals(2, session.touches.get());
  }

  @Test
  void aPingOvertakesASlowRequestButNotAHangingOne() {
    session.answering = request -> new CompletableFuture<>();
    ProtocolSession connection = connected();
    connection.receive(Frames.request(1, OpCode.exists, new ExistsRequest("/a", false)));
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS / 3) - 1);
    connection.receive(Frames.request(-2, OpCode.ping));
    assertEquals(-2, Frames.header(sink.next()).getXid());
    nanos.addAndGet(1);
    connection.receive(Frames.request(-2, OpCode.ping));
    assertTrue(sink.isEmpty());
  }

  @Test
  void anEventBecomesANotification() {
    connected();
    session.listener().watchEvent(17, EventType.NodeDataChanged, "/a");
    ByteBuffer frame = sink.next();
    assertEquals(-1, Frames.header(frame).getXid());
    assertEquals(17, Frames.header(frame).getZxid());
    WatcherEvent event = Frames.body(frame, new WatcherEvent());
    assertEquals("/a", event.getPath());
    assertEquals(EventType.NodeDataChanged.getIntValue(), event.getType());
    assertEquals(3, event.getState());
  }

  @Test
  void answersKeepTheOrderOfTheRequests() {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    session.answering =
        request -> {
          CompletableFuture<Reply> reply = new CompletableFuture<>();
          replies.add(reply);
          return reply;
        };
    ProtocolSession connection = connected();
    connection.receive(Frames.request(1, OpCode.exists, new ExistsRequest("/a", false)));
    connection.receive(Frames.request(2, OpCode.exists, new ExistsRequest("/b", false)));
    replies.get(1).complete(Reply.of(9, Code.NONODE));
    replies.get(0).complete(Reply.of(8, Code.NONODE));
    assertEquals("00000001" + "0000000000000008" + "ffffff9b", Frames.hex(sink.next()));
    assertEquals("00000002" + "0000000000000009" + "ffffff9b", Frames.hex(sink.next()));
  }

  @Test
  void dataComesWithItsStat() {
    NodeStat stat = new NodeStat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    session.answerWith(request -> new Reply(12, Code.OK, new Reply.Data(new byte[] {1}, stat)));
    connected().receive(Frames.request(4, OpCode.getData, new GetDataRequest("/a", true)));
    assertEquals(new ClientRequest.GetData("/a", true), session.requests.get(0));
    GetDataResponse data = Frames.body(sink.next(), new GetDataResponse());
    assertEquals(1, data.getData().length);
    assertEquals(Jute.stat(stat), data.getStat());
    assertEquals(11, data.getStat().getPzxid());
    assertEquals(10, data.getStat().getNumChildren());
  }

  @Test
  void aMultiThatFailsHasAHeaderWithoutError() {
    session.answerWith(
        request ->
            new Reply(
                3,
                Code.OK,
                new Reply.Written(
                    new Result.MultiResult(
                        Code.NONODE,
                        List.of(
                            new Result.Failed(Code.OK),
                            new Result.Failed(Code.NONODE),
                            new Result.Failed(Code.RUNTIMEINCONSISTENCY))))));
    connected()
        .receive(
            Frames.request(
                1,
                OpCode.multi,
                new MultiOperationRecord(
                    List.of(
                        Op.create("/a", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                        Op.delete("/b", -1),
                        Op.check("/c", 1)))));
    ByteBuffer frame = sink.next();
    assertEquals(0, Frames.header(frame).getErr());
    List<OpResult> results = Frames.body(frame, new MultiResponse()).getResultList();
    assertEquals(
        List.of(0, Code.NONODE.intValue(), Code.RUNTIMEINCONSISTENCY.intValue()),
        results.stream().map(r -> ((OpResult.ErrorResult) r).getErr()).toList());
  }

  @Test
  void containersComeFromTheTypeAndNotFromTheFlags() {
    session.answering = request -> new CompletableFuture<>();
    ProtocolSession connection = connected();
    for (int type : List.of(OpCode.create, OpCode.create2, OpCode.createContainer)) {
      connection.receive(
          Frames.request(
              1,
              type,
              new CreateRequest(
                  "/a", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER.toFlag())));
    }
    assertEquals(
        List.of(CreateMode.PERSISTENT, CreateMode.PERSISTENT, CreateMode.CONTAINER),
        session.requests.stream()
            .map(r -> (ClientRequest.Write) r)
            .map(w -> ((Operation.Create) w.operation()).mode())
            .toList());
  }

  @Test
  void aFailedAuthenticationEndsTheConnection() {
    session.answerWith(request -> Reply.of(3, Code.AUTHFAILED));
    connected()
        .receive(Frames.request(-4, OpCode.auth, new AuthPacket(0, "digest", new byte[] {'a'})));
    assertInstanceOf(ClientRequest.AddAuth.class, session.requests.get(0));
    assertEquals("fffffffc" + "0000000000000000" + "ffffff8d", Frames.hex(sink.next()));
    assertNotNull(sink.end);
  }

  @Test
  void theAnswerToACloseIsTheLast() {
    ProtocolSession connection = connected();
    connection.receive(Frames.request(5, OpCode.closeSession));
    assertEquals(new ClientRequest.Write(new Operation.CloseSession()), session.requests.get(0));
    assertEquals("00000005" + "0000000000000007" + "00000000", Frames.hex(sink.next()));
    assertNotNull(sink.end);
  }

  @Test
  void aRequestWhoseFateIsUnknownEndsTheConnection() {
    session.answering =
        request -> CompletableFuture.failedFuture(new ConnectionEndedException("lease lost"));
    connected().receive(Frames.request(1, OpCode.exists, new ExistsRequest("/a", false)));
    assertTrue(sink.isEmpty());
    assertEquals("lease lost", sink.end);
  }

  @Test
  void theEndOfTheSessionsConnectionEndsThisOne() {
    connected();
    session.listener().connectionEnded("taken");
    assertEquals("taken", sink.end);
  }

  @Test
  void disconnectingLetsTheSessionGo() {
    ProtocolSession connection = connected();
    connection.disconnect();
    assertTrue(session.disconnected);
    session.listener().watchEvent(17, EventType.NodeDataChanged, "/a");
    assertTrue(sink.isEmpty());
    assertNull(sink.end);
  }

  @Test
  void garbageEndsTheConnectionAtAnyStage() {
    for (int length : List.of(0, 3, 7)) {
      RecordingSink fresh = new RecordingSink();
      endpoint(FakeRuntime.with(session)).connect(fresh).receive(ByteBuffer.allocate(length));
      assertTrue(fresh.isEmpty());
      assertNotNull(fresh.end);
    }
    connected().receive(ByteBuffer.allocate(7));
    assertTrue(sink.isEmpty());
    assertNotNull(sink.end);
  }

  @Test
  void aPacketBeforeTheSessionIsThereEndsTheConnection() {
    ProtocolSession connection = endpoint(FakeRuntime.silent()).connect(sink);
    connection.receive(Frames.connect(0, new byte[16], TIMEOUT_MILLIS, 0));
    connection.receive(Frames.request(-2, OpCode.ping));
    assertTrue(sink.isEmpty());
    assertNotNull(sink.end);
  }

  @Test
  void aPacketThatIsTooLongEndsTheConnection() {
    connected().receive(ByteBuffer.allocate(1 << 20));
    assertTrue(sink.isEmpty());
    assertNotNull(sink.end);
  }

  private ByteBuffer response = ByteBuffer.allocate(0);

  private ProtocolSession connected() {
    ProtocolSession connection = endpoint(FakeRuntime.with(session)).connect(sink);
    connection.receive(Frames.connect(0, new byte[16], TIMEOUT_MILLIS, 0));
    response = sink.next();
    return connection;
  }

  private ProtocolEndpoint endpoint(FakeRuntime runtime) {
    return new ProtocolEndpoint(runtime, List::of, clock, time);
  }
}
