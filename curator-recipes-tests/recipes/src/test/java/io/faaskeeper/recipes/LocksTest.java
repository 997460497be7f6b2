package io.faaskeeper.recipes;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import org.apache.curator.framework.recipes.locks.InterProcessLock;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreMutex;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;

/** What is held stays held when the connection is lost, and is free when the session is. */
class LocksTest {
  private static final int ENOUGH_SECONDS = 40;
  private static final int SHORT_MILLIS = 50;

  @OnEachService
  void mutex(Scene scene) throws Exception {
    Peer holder = scene.join();
    String path = scene.path("mutex");
    handsOver(
        scene,
        holder,
        new InterProcessMutex(holder.curator(), path),
        new InterProcessMutex(scene.join().curator(), path));
  }

  @OnEachService
  void semaphoreMutex(Scene scene) throws Exception {
    Peer holder = scene.join();
    String path = scene.path("semaphore-mutex");
    handsOver(
        scene,
        holder,
        new InterProcessSemaphoreMutex(holder.curator(), path),
        new InterProcessSemaphoreMutex(scene.join().curator(), path));
  }

  @OnEachService
  void writerWaitsForReader(Scene scene) throws Exception {
    Peer reader = scene.join();
    String path = scene.path("read-write");
    InterProcessReadWriteLock there = new InterProcessReadWriteLock(scene.join().curator(), path);
    handsOver(
        scene,
        reader,
        new InterProcessReadWriteLock(reader.curator(), path).readLock(),
        there.writeLock());
  }

  @OnEachService
  void readerWaitsForWriter(Scene scene) throws Exception {
    Peer writer = scene.join();
    String path = scene.path("read-write");
    InterProcessReadWriteLock there = new InterProcessReadWriteLock(scene.join().curator(), path);
    handsOver(
        scene,
        writer,
        new InterProcessReadWriteLock(writer.curator(), path).writeLock(),
        there.readLock());
  }

  private static void handsOver(
      Scene scene, Peer holder, InterProcessLock held, InterProcessLock wanted) throws Exception {
    held.acquire();
    assertFalse(wanted.acquire(SHORT_MILLIS, MILLISECONDS));

    holder.suffer(scene.fault());

    if (scene.fault().keepsSession()) {
      assertFalse(wanted.acquire(SHORT_MILLIS, MILLISECONDS));
      held.release();
    }
    assertTrue(wanted.acquire(ENOUGH_SECONDS, SECONDS));
    wanted.release();
  }

  @OnEachService
  void readersShare(Scene scene) throws Exception {
    Peer one = scene.join();
    String path = scene.path("read-write");
    InterProcessLock first = new InterProcessReadWriteLock(one.curator(), path).readLock();
    InterProcessLock second =
        new InterProcessReadWriteLock(scene.join().curator(), path).readLock();
    first.acquire();
    one.suffer(scene.fault());
    assertTrue(second.acquire(ENOUGH_SECONDS, SECONDS));
  }

  @OnEachService
  void semaphore(Scene scene) throws Exception {
    Peer holder = scene.join();
    String path = scene.path("semaphore");
    InterProcessSemaphoreV2 here = new InterProcessSemaphoreV2(holder.curator(), path, 2);
    InterProcessSemaphoreV2 there = new InterProcessSemaphoreV2(scene.join().curator(), path, 2);
    Collection<Lease> held = here.acquire(2);
    assertEquals(2, held.size());
    assertNull(there.acquire(SHORT_MILLIS, MILLISECONDS));

    holder.suffer(scene.fault());

    if (scene.fault().keepsSession()) {
      assertNull(there.acquire(SHORT_MILLIS, MILLISECONDS));
      here.returnAll(held);
    }
    assertNotNull(there.acquire(2, ENOUGH_SECONDS, SECONDS));
  }

  @OnEachService
  void waitingSurvivesTheWaitersFault(Scene scene) throws Exception {
    String path = scene.path("mutex");
    InterProcessMutex held = new InterProcessMutex(scene.join().curator(), path);
    held.acquire();
    Peer waiter = scene.join();
    InProcess<Boolean> waiting =
        InProcess.start(
            () -> new InterProcessMutex(waiter.curator(), path).acquire(ENOUGH_SECONDS, SECONDS));
    await().until(() -> held.getParticipantNodes().size() == 2);

    waiter.suffer(scene.fault());

    held.release();
    assertTrue(waiting.result());
  }
}
