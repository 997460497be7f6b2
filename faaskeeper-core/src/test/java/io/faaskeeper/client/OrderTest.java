package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** The order of a session's requests. */
class OrderTest {
  private final ClientWorld world = new ClientWorld();
  private final TestProcess process = world.process();
  private final TestSession session = process.open();

  OrderTest() {
    session.create("/a", "old");
    session.create("/b", "old");
    process.gate.forgetCalls();
  }

  private Asked set(String name, String path) {
    return session.submit(
        name, new ClientRequest.Write(new Operation.SetData(path, TestSession.bytes(name), -1)));
  }

  private Asked get(String name, String path) {
    return session.submit(name, new ClientRequest.GetData(path, false));
  }

  @Test
  void aWriteIsSentWhenEarlierReadsAreAnswered() {
    PortGate.Hold hold = process.gate.after("nodes.read /a");
    get("r", "/a");
    set("w", "/a");
    assertEquals(0, process.gate.count("queue.send"));
    hold.release();
    assertEquals(1, process.gate.count("queue.send"));
    assertEquals(List.of("reply r", "reply w"), session.news());
  }

  @Test
  void aReadStartsWhenEarlierWritesAreAnswered() {
    process.channel.hold();
    set("w", "/a");
    Asked read = get("r", "/a");
    assertEquals(0, process.gate.count("nodes.read"));
    process.channel.release();
    assertEquals("w", TestSession.text(read.join()));
    assertEquals(List.of("reply w", "reply r"), session.news());
  }

  @Test
  void writesAndReadsArePipelined() {
    PortGate.Hold sends = process.gate.before("queue.send");
    set("w1", "/a");
    set("w2", "/a");
    set("w3", "/b");
    sends.releaseOne();
    assertEquals(2, process.gate.count("queue.send"), "what came meanwhile is one message");
    sends.release();
    assertEquals(List.of("reply w1", "reply w2", "reply w3"), session.news());
    PortGate.Hold reads = process.gate.after("nodes.read");
    get("r1", "/a");
    get("r2", "/b");
    assertEquals(2, reads.size());
    reads.release();
    assertEquals(List.of("reply r1", "reply r2"), session.news());
  }

  @Test
  void readsAreAnsweredInTheirOrder() {
    PortGate.Hold hold = process.gate.after("nodes.read /a");
    get("r1", "/a");
    Asked second = get("r2", "/b");
    assertFalse(second.isDone());
    hold.release();
    assertEquals(List.of("reply r1", "reply r2"), session.news());
  }

  @Test
  void answersThatOvertakeEachOtherAreToldInTheOrderOfTheRequests() {
    process.channel.hold();
    set("w1", "/a");
    set("w2", "/b");
    byte[] first = process.channel.take();
    byte[] second = process.channel.take();
    process.channel.inject(second);
    assertEquals(List.of(), session.news());
    process.channel.inject(first);
    assertEquals(List.of("reply w1", "reply w2"), session.news());
  }

  @Test
  void theOthersTakeTheirTurnInTheSameQueue() {
    PortGate.Hold hold = process.gate.after("nodes.read /a");
    get("r", "/a");
    session.submit("echo", new ClientRequest.Echo());
    session.submit("reject", new ClientRequest.Reject(Code.UNIMPLEMENTED.intValue()));
    Asked who = session.submit("who", new ClientRequest.WhoAmI());
    session.submit(
        "auth",
        new ClientRequest.AddAuth(new Credential("digest", TestSession.bytes("joe:secret"))));
    session.submit("sync", new ClientRequest.Sync("/"));
    set("w", "/a");
    assertEquals(List.of(), session.news());
    hold.release();
    assertEquals(
        List.of(
            "reply r",
            "reply echo",
            "reply reject",
            "reply who",
            "reply auth",
            "reply sync",
            "reply w"),
        session.news());
    assertEquals(new Reply.Identities(List.of()), who.join().body());
    assertTrue(
        world.await(session.submit(new ClientRequest.WhoAmI())).body().toString().contains("joe"));
  }

  @Test
  void aFailedStorageCallIsRepeated() {
    process.gate.fail("nodes.read /a");
    Asked reply = get("r", "/a");
    world.passMillis(200);
    assertFalse(reply.isDone());
    process.gate.heal();
    assertEquals("old", TestSession.text(world.await(reply)));
  }

  @Test
  void aReadThatStorageDoesNotAnswerEndsTheConnection() {
    process.gate.fail("nodes.read /a");
    get("r", "/a");
    get("later", "/b");
    world.passMillis(8_000);
    assertEquals(List.of("lost r", "lost later", "ended"), session.news());
  }
}
