package io.faaskeeper.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.framework.recipes.shared.SharedValue;
import org.apache.curator.framework.recipes.shared.VersionedValue;
import org.apache.curator.retry.RetryNTimes;

/** Numbers that clients share. */
class CountersTest {
  @OnEachService
  void atomicLong(Scene scene) throws Exception {
    Peer one = scene.join();
    DistributedAtomicLong here = atomicLong(scene, one);
    DistributedAtomicLong there = atomicLong(scene, scene.join());
    assertTrue(here.add(5L).succeeded());

    one.suffer(scene.fault(), () -> assertTrue(there.add(10L).succeeded()));

    assertEquals(16, here.increment().postValue());
    assertFalse(there.compareAndSet(15L, 0L).succeeded());
    assertTrue(there.compareAndSet(16L, 20L).succeeded());
    assertEquals(20, here.get().postValue());
  }

  private static DistributedAtomicLong atomicLong(Scene scene, Peer peer) {
    return new DistributedAtomicLong(peer.curator(), scene.path("long"), new RetryNTimes(10, 10));
  }

  @OnEachService
  void sharedCountIsFollowed(Scene scene) throws Exception {
    Peer follower = scene.join();
    String path = scene.path("count");
    try (SharedCount here = new SharedCount(scene.join().curator(), path, 0);
        SharedCount there = new SharedCount(follower.curator(), path, 0)) {
      here.start();
      there.start();
      here.setCount(1);
      await().until(() -> there.getCount() == 1);

      follower.suffer(scene.fault(), () -> here.setCount(2));

      await().until(() -> there.getCount() == 2);
      here.setCount(3);
      await().until(() -> there.getCount() == 3);
    }
  }

  @OnEachService
  void sharedValueRefusesTheOutdated(Scene scene) throws Exception {
    Peer late = scene.join();
    String path = scene.path("value");
    try (SharedValue here = new SharedValue(scene.join().curator(), path, text("a"));
        SharedValue there = new SharedValue(late.curator(), path, text("a"))) {
      here.start();
      there.start();
      VersionedValue<byte[]> old = there.getVersionedValue();

      late.suffer(scene.fault(), () -> here.setValue(text("b")));

      assertFalse(there.trySetValue(old, text("c")));
      await().until(() -> "b".equals(new String(there.getValue(), UTF_8)));
      assertTrue(there.trySetValue(there.getVersionedValue(), text("d")));
      await().until(() -> "d".equals(new String(here.getValue(), UTF_8)));
    }
  }

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }
}
