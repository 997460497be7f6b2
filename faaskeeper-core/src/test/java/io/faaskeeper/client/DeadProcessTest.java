package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.service.Heartbeat;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** A client process dies: its sessions and their ephemerals go, in time, and nobody else's. */
class DeadProcessTest {
  private static final int TIMEOUT_MILLIS = 4_000;
  private static final int HOP_MILLIS = 10;

  private final ClientWorld world = new ClientWorld();
  private final TestProcess mortal = world.process();
  private final TestSession session = mortal.open(TIMEOUT_MILLIS);

  private void createEphemeral(TestSession of, String path) {
    Reply reply = world.await(of.write(TestSession.creation(path, "", CreateMode.EPHEMERAL)));
    assertEquals(Code.OK, reply.code());
  }

  private boolean stored(String path) {
    return world.storage.nodes().read(path, false).toCompletableFuture().join().meta().isPresent();
  }

  private List<String> registered() {
    return world.storage.processes().list("", 10).toCompletableFuture().join().stream()
        .map(row -> row.name())
        .toList();
  }

  /** Time passes, in which these sessions are heard from. */
  private void pass(int millis, TestSession... heard) {
    for (int left = millis; left > 0; left -= 500) {
      for (TestSession one : heard) {
        assertFalse(one.submit(new ClientRequest.Echo()).isLost());
      }
      world.passMillis(Math.min(left, 500));
    }
  }

  @Test
  void peersExpireItsSessionsAfterTheirTimeoutAndAThird() {
    TestProcess peer = world.process();
    TestSession observer = peer.open();
    createEphemeral(session, "/e");
    createEphemeral(observer, "/mine");
    observer.exists("/e", true);
    pass(12_000, session, observer);
    String name = mortal.name();

    mortal.die();
    pass(TIMEOUT_MILLIS * 2 / 3 - 1, observer);
    assertTrue(stored("/e"), "it may have renewed a third of the timeout ago");
    pass(TIMEOUT_MILLIS * 2 / 3 + HOP_MILLIS, observer);

    assertFalse(stored("/e"));
    assertEquals(List.of("NodeDeleted /e"), observer.news());
    assertTrue(session.ended(), "its lease lapsed on its own clock");
    assertFalse(registered().contains(name));
    assertTrue(stored("/mine"));
    assertEquals(Code.OK, observer.exists("/mine", false));
  }

  @Test
  void aLongerSessionOfTheSameProcessIsGivenItsOwnTimeout() {
    TestSession longer = mortal.open(20_000);
    TestSession observer = world.process().open();
    createEphemeral(session, "/short");
    createEphemeral(longer, "/long");
    pass(12_000, session, longer, observer);

    mortal.die();
    pass(10_000, observer);
    assertFalse(stored("/short"));
    assertTrue(stored("/long"));
    pass(20_000, observer);

    assertFalse(stored("/long"));
    assertEquals(1, registered().size(), "the observer");
  }

  @Test
  void theHeartbeatExpiresItsSessionsIfNobodyElseIsThereAndThenSwitchesItselfOff() {
    createEphemeral(session, "/e");
    assertTrue(world.storage.watermarks().read().toCompletableFuture().join().heartbeat());
    String name = mortal.name();
    mortal.die();
    Heartbeat heartbeat = world.heartbeat();
    assertEquals(new Heartbeat.Report(1, 0, 0, true), world.beat(heartbeat));
    world.passMillis(60_000);
    assertTrue(stored("/e"), "a first look can't tell");

    assertEquals(new Heartbeat.Report(1, 1, 0, true), world.beat(heartbeat));

    assertFalse(stored("/e"));
    assertFalse(registered().contains(name));
    world.passMillis(60_000);
    assertEquals(new Heartbeat.Report(0, 0, 0, false), world.beat(heartbeat));
    assertFalse(world.storage.watermarks().read().toCompletableFuture().join().heartbeat());
  }

  @Test
  void theHeartbeatLeavesWhoeverIsAlive() {
    createEphemeral(session, "/e");
    Heartbeat heartbeat = world.heartbeat();
    for (int i = 0; i < 4; i++) {
      assertEquals(new Heartbeat.Report(1, 0, 0, true), world.beat(heartbeat));
      pass(60_000, session);
    }
    assertTrue(stored("/e"));
    assertFalse(session.ended());
  }
}
