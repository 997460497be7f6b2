package io.faaskeeper.recipes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;

/** Who leads after a fault of the leader. */
class LeadersTest {
  @OnEachService
  void latchPassesOnWithTheSessionOnly(Scene scene) throws Exception {
    Peer first = scene.join();
    Peer second = scene.join();
    String path = scene.path("latch");
    try (LeaderLatch leader = new LeaderLatch(first.curator(), path, "first");
        LeaderLatch follower = new LeaderLatch(second.curator(), path, "second")) {
      leader.start();
      leader.await();
      follower.start();
      await().until(() -> follower.getParticipants().size() == 2);
      assertEquals("first", follower.getLeader().getId());

      first.suffer(scene.fault());

      boolean kept = scene.fault().keepsSession();
      await().until(() -> leader.hasLeadership() == kept && follower.hasLeadership() == !kept);
      await().until(() -> follower.getParticipants().size() == 2);
      assertEquals(kept ? "first" : "second", follower.getLeader().getId());
    }
  }

  @OnEachService
  void selectorNeverHasTwoLeaders(Scene scene) throws Exception {
    Office office = new Office();
    Peer first = scene.join();
    String path = scene.path("selector");
    try (LeaderSelector one = new LeaderSelector(first.curator(), path, office.candidate("one"));
        LeaderSelector two =
            new LeaderSelector(scene.join().curator(), path, office.candidate("two"))) {
      one.autoRequeue();
      one.start();
      await().until(() -> office.terms.equals(List.of("one")));
      two.autoRequeue();
      two.start();
      await().until(() -> two.getParticipants().size() == 2);

      first.suffer(scene.fault());

      await().until(() -> office.terms.contains("two"));
      office.closed.countDown();
    }
    assertFalse(office.crowded);
  }

  /** What the candidates of a selector lead; each term lasts until it is interrupted. */
  private static final class Office {
    final List<String> terms = new CopyOnWriteArrayList<>();
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger inOffice = new AtomicInteger();
    volatile boolean crowded;

    LeaderSelectorListenerAdapter candidate(String name) {
      return new LeaderSelectorListenerAdapter() {
        @Override
        public void takeLeadership(CuratorFramework client) throws InterruptedException {
          terms.add(name);
          crowded |= inOffice.incrementAndGet() > 1;
          try {
            closed.await();
          } finally {
            inOffice.decrementAndGet();
          }
        }
      };
    }
  }
}
