package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.Test;

/** What a process tells of itself, and how it is halted. */
class ProcessMonitorTest {
  /** {@code /zookeeper} and its two. */
  private static final int FROM_THE_BEGINNING = 3;

  private final ClientWorld world = new ClientWorld();
  private final TestProcess process = world.process();
  private final ProcessMonitor monitor = process.runtime.monitor();

  private ProcessReport report() {
    return world.await(monitor.report());
  }

  @Test
  void aProcessThatNeverHadASessionTellsOfNone() {
    assertEquals(new ProcessReport(0, List.of()), report());
    assertEquals(0, world.await(monitor.countNodes()));
  }

  @Test
  void tellsItsSessionsAndTheirWatches() {
    TestSession session = process.open(20_000);
    session.create("/a", "");
    session.data("/a", true);
    session.children("/a", true);
    session.addWatch("/b", AddWatchMode.PERSISTENT_RECURSIVE);
    world.passMillis(3_000);
    ProcessReport report = report();
    assertEquals(world.watermark(), report.zxid());
    ProcessReport.HeldSession held = report.sessions().get(0);
    assertEquals(session.session.id(), held.id());
    assertEquals(17_000, held.expiresInMillis());
    assertTrue(held.connected());
    assertEquals(List.of("/a", "/b"), held.dataWatches().stream().sorted().toList());
    assertEquals(3, held.watches());
    session.session.disconnect();
    assertFalse(report().sessions().get(0).connected());
  }

  @Test
  void countsWhatEveryProcessWrote() {
    TestSession session = process.open();
    TestSession elsewhere = world.process().open();
    session.create("/a", "");
    assertEquals(FROM_THE_BEGINNING + 1, world.await(monitor.countNodes()));
    for (int i = 0; i < 100; i++) {
      elsewhere.create("/a/" + i, "");
    }
    assertEquals(FROM_THE_BEGINNING + 101, world.await(monitor.countNodes()));
    world.await(elsewhere.write(TestSession.creation("/a/e", "", CreateMode.EPHEMERAL)));
    long id = elsewhere.session.id();
    assertEquals(List.of("/a/e"), world.await(monitor.ephemerals(id)));
    elsewhere.delete("/a/e");
    assertEquals(List.of(), world.await(monitor.ephemerals(id)));
  }

  @Test
  void aLookKeepsNoSessionAlive() {
    TestSession session = process.open(10_000);
    for (int i = 0; i < 11; i++) {
      world.passMillis(1_000);
      report();
      world.await(monitor.ephemerals(session.session.id()));
    }
    assertTrue(session.ended());
    assertEquals(List.of(), report().sessions());
  }

  @Test
  void aSessionOfAHaltedProcessIsAttachedElsewhere() {
    TestSession session = process.open();
    world.await(session.write(TestSession.creation("/e", "", CreateMode.EPHEMERAL)));
    process.runtime.halt();
    assertTrue(session.ended());
    TestSession again = world.process().attach(session);
    world.passMillis(9_000);
    again.session.touch();
    world.passMillis(9_000);
    assertEquals(Code.OK, again.exists("/e", false));
    ConnectResult late = world.await(process.runtime.open(10_000, List.of()));
    assertInstanceOf(ConnectResult.Dropped.class, late);
  }

  @Test
  void aSessionOfAHaltedProcessExpiresIfNobodyAttachesIt() {
    TestSession session = process.open(10_000);
    world.await(session.write(TestSession.creation("/e", "", CreateMode.EPHEMERAL)));
    TestSession observer = world.process().open(40_000);
    assertEquals(Code.OK, observer.exists("/e", false));
    process.runtime.halt();
    world.passMillis(9_000);
    assertEquals(Code.OK, observer.exists("/e", false));
    world.passMillis(20_000);
    assertEquals(Code.NONODE, observer.exists("/e", false));
  }
}
