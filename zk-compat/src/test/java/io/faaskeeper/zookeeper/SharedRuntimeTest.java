package io.faaskeeper.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.zookeeper.protocol.FakeRuntime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SharedRuntimeTest {
  private final List<FakeRuntime> opened = new ArrayList<>();
  private final List<Runnable> scheduled = new ArrayList<>();
  private final Scheduler scheduler =
      (delay, task) -> {
        scheduled.add(task);
        return () -> scheduled.remove(task);
      };

  private final SharedRuntime shared = new SharedRuntime(this::open, scheduler, Duration.ofDays(1));
  private boolean reachable = true;

  @Test
  void allHandlesShareOneProcess() throws IOException {
    assertSame(shared.acquire(), shared.acquire());
    assertEquals(1, opened.size());
    shared.release();
    assertTrue(scheduled.isEmpty());
  }

  @Test
  void theProcessIsClosedSomeTimeAfterTheLastHandle() throws IOException {
    ClientRuntime first = shared.acquire();
    shared.release();
    assertFalse(opened.get(0).closed);
    scheduled.remove(0).run();
    assertTrue(opened.get(0).closed);
    assertNotSame(first, shared.acquire());
  }

  @Test
  void aHandleInTimeKeepsTheProcess() throws IOException {
    ClientRuntime first = shared.acquire();
    shared.release();
    Runnable late = scheduled.get(0);
    assertSame(first, shared.acquire());
    assertTrue(scheduled.isEmpty());
    late.run();
    assertFalse(opened.get(0).closed);
  }

  @Test
  void aFailureIsNotRemembered() throws IOException {
    reachable = false;
    assertThrows(IOException.class, shared::acquire);
    reachable = true;
    shared.acquire();
    assertEquals(1, opened.size());
  }

  private ClientRuntime open() throws IOException {
    if (!reachable) {
      throw new IOException("not now");
    }
    FakeRuntime runtime = FakeRuntime.silent();
    opened.add(runtime);
    return runtime;
  }
}
