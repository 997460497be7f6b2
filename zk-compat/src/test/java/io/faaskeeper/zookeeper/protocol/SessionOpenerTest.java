package io.faaskeeper.zookeeper.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.model.Operation;
import io.faaskeeper.port.Clock;
import io.faaskeeper.zookeeper.DaemonScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that is asked for survives the connection that asked. */
final class SessionOpenerTest {
  private final FakeRuntime runtime = FakeRuntime.silent();
  private final FakeSession session = new FakeSession(9, 4_000);
  private final ProtocolEndpoint endpoint =
      new ProtocolEndpoint(runtime, List::of, Clock.SYSTEM, DaemonScheduler.ANSWERS);

  @Test
  void aClientThatReconnectsGetsTheSessionItAskedForFirst() throws InterruptedException {
    RecordingSink first = connectAndGiveUp(0);
    FakeRuntime.Call call = runtime.next();
    RecordingSink second = connect(0).sink;
    call.result().complete(new ConnectResult.Connected(session));
    assertTrue(first.isEmpty());
    assertEquals(37, second.next().remaining());
    assertTrue(runtime.calls.isEmpty());
  }

  @Test
  void anAnswerThatFoundNobodyWaitsForTheNextConnection() throws InterruptedException {
    connectAndGiveUp(7);
    runtime.next().result().complete(new ConnectResult.Connected(session));
    RecordingSink second = connect(7).sink;
    assertEquals(37, second.next().remaining());
    assertTrue(runtime.calls.isEmpty());
    assertFalse(session.disconnected);
  }

  @Test
  void aTakenSessionIsAskedForAnew() throws InterruptedException {
    Opened first = connect(7);
    runtime.next().result().complete(new ConnectResult.Connected(session));
    first.connection.disconnect();
    assertTrue(session.disconnected);
    connect(7);
    assertEquals(7, runtime.next().sessionId());
  }

  @Test
  void aRefusedAttemptIsMadeAnew() throws InterruptedException {
    connectAndGiveUp(7);
    runtime.next().result().complete(new ConnectResult.Dropped("no luck"));
    connect(7);
    assertEquals(7, runtime.next().sessionId());
  }

  @Test
  void aNewSessionThatNobodyTookIsClosed() throws InterruptedException {
    connectAndGiveUp(0);
    endpoint.close();
    runtime.next().result().complete(new ConnectResult.Connected(session));
    assertEquals(List.of(new ClientRequest.Write(new Operation.CloseSession())), session.requests);
  }

  @Test
  void anOldSessionThatNobodyTookIsLetGo() throws InterruptedException {
    connectAndGiveUp(7);
    runtime.next().result().complete(new ConnectResult.Connected(session));
    endpoint.close();
    assertTrue(session.requests.isEmpty());
    assertTrue(session.disconnected);
  }

  /** Its client may be elsewhere by now: who looks for the result does not ask again. */
  @Test
  void anAttachThatNobodyWaitsForIsOver() throws InterruptedException {
    connectAndGiveUp(7);
    endpoint.close();
    assertInstanceOf(ConnectResult.Dropped.class, runtime.next().result().join());
  }

  @Test
  void anotherSessionDoesNotGetTheOneInFlight() throws InterruptedException {
    connectAndGiveUp(7);
    FakeRuntime.Call abandoned = runtime.next();
    RecordingSink second = connect(8).sink;
    assertInstanceOf(ConnectResult.Dropped.class, abandoned.result().join());
    assertTrue(second.isEmpty());
    assertEquals(8, runtime.next().sessionId());
  }

  private record Opened(ProtocolSession connection, RecordingSink sink) {}

  private Opened connect(long sessionId) {
    RecordingSink sink = new RecordingSink();
    ProtocolSession connection = endpoint.connect(sink);
    connection.receive(Frames.connect(sessionId, new byte[16], 4_000, 0));
    return new Opened(connection, sink);
  }

  private RecordingSink connectAndGiveUp(long sessionId) {
    Opened opened = connect(sessionId);
    opened.connection.disconnect();
    return opened.sink;
  }
}
