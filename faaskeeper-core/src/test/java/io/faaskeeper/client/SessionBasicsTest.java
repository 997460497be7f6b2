package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Operation;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** A session over the real service in memory. */
class SessionBasicsTest {
  private final ClientWorld world = new ClientWorld();
  private final TestProcess process = world.process();
  private final TestSession session = process.open();

  @Test
  void readsWhatItWrote() {
    session.create("/a", "one");
    assertEquals("one", session.data("/a", false));
    session.set("/a", "two");
    assertEquals("two", session.data("/a", false));
    session.create("/a/b", "");
    session.create("/a/c", "");
    assertEquals(List.of("b", "c"), session.children("/a", false));
    session.delete("/a/b");
    assertEquals(List.of("c"), session.children("/a", false));
    assertEquals(Code.NONODE, session.exists("/a/b", false));
    assertEquals("NONODE", session.data("/a/b", false));
  }

  @Test
  void aReadCompletesOnTheCallersThreadBeforeSubmitReturns() {
    session.create("/a", "one");
    Asked reply = session.submit(new ClientRequest.GetData("/a", false));
    assertTrue(reply.isDone());
  }

  @Test
  void tellsAnotherSessionsWrite() {
    TestSession other = world.process().open();
    session.create("/a", "one");
    assertEquals("one", other.data("/a", true));
    session.set("/a", "two");
    assertEquals(List.of("NodeDataChanged /a"), other.news());
    assertEquals("two", other.data("/a", false));
    session.set("/a", "three");
    assertEquals(List.of(), other.news());
  }

  @Test
  void closes() {
    Reply reply = world.await(session.write(new Operation.CloseSession()));
    assertEquals(Code.OK, reply.code());
    Asked late = session.submit(new ClientRequest.Echo());
    assertTrue(late.isLost());
    assertEquals(List.of(), session.news());
  }
}
