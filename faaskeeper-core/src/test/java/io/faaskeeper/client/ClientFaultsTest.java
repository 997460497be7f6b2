package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.model.Operation;
import io.faaskeeper.port.LogLines;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** Pushes and answers that are lost, and requests of a session's old owner that come late. */
class ClientFaultsTest {
  private static final int RENEWAL_MILLIS = 10_000 / 3;

  private final ClientWorld world = new ClientWorld();
  private final TestProcess process = world.process();
  private final TestSession session = process.open();
  private final TestSession other = world.process().open();

  @Test
  void anEventWhosePushIsLostComesFromTheMailboxWithTheNextRenewal() {
    other.create("/w", "old");
    session.data("/w", true);
    process.channel.lose(true);
    other.set("/w", "new");
    process.gate.forgetCalls();
    assertEquals(List.of(), session.news());
    world.passMillis(RENEWAL_MILLIS);
    assertEquals(List.of("NodeDataChanged /w"), session.news());
    assertEquals(1, process.gate.count("mailbox.read"));
    world.passMillis(RENEWAL_MILLIS);
    assertEquals(List.of(), session.news(), "once");
  }

  @Test
  void aWriteWhoseAnswerIsLostIsSentAgainAndAnsweredFromTheLog() {
    session.create("/a", "");
    process.channel.lose(true);
    process.gate.forgetCalls();
    Asked first = session.write(TestSession.creation("/a/s-", "", CreateMode.EPHEMERAL_SEQUENTIAL));
    Asked second = session.write(new Operation.SetData("/a", new byte[1], 0));
    long zxid = world.watermark();
    world.passMillis(1_900);
    assertFalse(first.isDone());
    process.channel.lose(false);
    try (LogLines log = LogLines.infos(Sender.class)) {
      world.passMillis(200);
      assertEquals(1, log.lines().size(), log.lines()::toString);
      assertTrue(log.lines().get(0).startsWith("2 requests of process " + process.name()));
    }
    assertEquals(Code.OK, first.join().code());
    assertEquals(Code.OK, second.join().code());
    assertEquals(zxid, second.join().zxid(), "the answer of the first and only execution");
    assertEquals(zxid, world.watermark());
    assertEquals(List.of("s-0000000000"), session.children("/a", false));
  }

  @Test
  void aRequestOfTheOldOwnerThatComesLateHasNoEffect() {
    session.create("/a", "");
    PortGate.Hold late = process.gate.before("queue.send");
    Asked asked = session.write(TestSession.creation("/late", "", CreateMode.EPHEMERAL));
    TestProcess newOwner = world.process();
    TestSession attached = newOwner.attach(session);
    attached.create("/b", "");
    assertTrue(session.ended(), "the old owner's mailbox tells it");
    assertTrue(asked.isLost());

    late.release();
    world.passMillis(3_000);

    assertEquals(Code.NONODE, attached.exists("/late", false));
    attached.create("/c", "");
    assertFalse(attached.ended());
  }

  @Test
  void aLateRequestOfTheOldOwnerIsRefusedAlsoIfItIsNotTold() {
    PortGate.Hold late = process.gate.before("queue.send");
    Asked asked = session.write(TestSession.creation("/late", "", CreateMode.EPHEMERAL));
    process.channel.lose(true);
    TestSession attached = world.process().attach(session);
    process.channel.lose(false);
    assertFalse(session.ended());

    late.release();
    world.passMillis(1_000);

    assertTrue(asked.isLost());
    assertTrue(session.ended(), "refused, which ends the connection and no session");
    assertEquals(Code.NONODE, attached.exists("/late", false));
    attached.create("/c", "");
  }

  /** Its first attach is older than the last one, for all that it knows; the second one is not. */
  @Test
  void aProcessThatKnowsNothingOfASessionAttachesIt() {
    session.create("/a", "");
    world.process().attach(session).create("/b", "");
    TestProcess ignorant = world.process();
    TestSession attached =
        ignorant.connected(
            ignorant.runtime.attach(
                session.session.id(), session.session.password(), 10_000, 0, List.of()));
    attached.create("/c", "");
  }
}
