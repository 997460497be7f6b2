package io.faaskeeper.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.port.LogLines;
import io.faaskeeper.port.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.junit.jupiter.api.Test;

/** Tasks that fail, and what becomes of those behind them. */
class RunQueueTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> ran = new ArrayList<>();
  private final RunQueue queue =
      new RunQueue(
          time,
          time,
          error -> {
            ran.add("told of " + error.getMessage());
            throw new StackOverflowError("again");
          });

  private void runAll(Throwable failure) {
    queue.execute(
        () -> {
          queue.execute(() -> ran.add("second"));
          queue.execute(() -> ran.add("third"));
          sneak(failure);
        });
    queue.execute(() -> ran.add("fourth"));
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  @Test
  void aTaskThatFailsDoesNotKeepTheOthersFromRunning() {
    try (LogLines log = LogLines.warnings(RunQueue.class)) {
      runAll(new IllegalStateException("first"));
      assertEquals(List.of("a task of the client failed"), log.lines());
    }
    assertEquals(List.of("second", "third", "fourth"), ran);
  }

  @Test
  void neitherDoesAnErrorOfWhichTheOwnerIsTold() {
    try (LogLines log = LogLines.warnings(RunQueue.class)) {
      runAll(new OutOfMemoryError("first"));
      assertEquals(List.of("the failure of a task could not be dealt with"), log.lines());
    }
    assertEquals(List.of("told of first", "second", "third", "fourth"), ran);
  }

  /** A listener as careless as an application's. */
  private static final class Careless implements SessionListener {
    final List<String> ended = new ArrayList<>();

    @Override
    public void watchEvent(long zxid, EventType type, String path) {
      throw new NoClassDefFoundError("a test's error");
    }

    @Override
    public void connectionEnded(String reason) {
      ended.add(reason);
      throw new NoClassDefFoundError("a test's error");
    }
  }

  @Test
  void afterAnErrorAllConnectionsEndAndTheirSessionsCanBeAttached() {
    ClientWorld world = new ClientWorld();
    TestSession writer = world.process().open();
    TestProcess process = world.process();
    TestSession broken = process.open();
    TestSession other = process.open();
    String name = process.name();
    writer.create("/w", "");
    broken.data("/w", true);
    Careless careless = new Careless();
    broken.session.listen(careless);
    try (LogLines log = LogLines.warnings(DefaultClientRuntime.class)) {
      writer.set("/w", "new");
      assertEquals(
          "a task of the client ended with an error: all connections end", log.lines().get(0));
    }
    assertEquals(
        List.of("the client failed: java.lang.NoClassDefFoundError: a test's error"),
        careless.ended);
    assertTrue(other.ended());
    assertTrue(broken.submit(new ClientRequest.Exists("/", false)).isLost());

    TestSession attached = process.attach(other);
    assertEquals(Code.OK, attached.exists("/w", false));
    assertFalse(attached.ended());
    assertInstanceOf(TestSession.class, process.attach(broken));
    assertNotEquals(name, process.name());
  }
}
