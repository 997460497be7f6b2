package io.faaskeeper.recipes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;

/** Barriers hold, and open, across faults of those who wait. */
class BarriersTest {
  private static final int ENOUGH_SECONDS = 40;

  @OnEachService
  void opensForOneThatWasAway(Scene scene) throws Exception {
    Peer waiter = scene.join();
    String path = scene.path("barrier");
    DistributedBarrier gate = new DistributedBarrier(scene.join().curator(), path);
    gate.setBarrier();
    InProcess<Boolean> waiting =
        InProcess.start(
            () ->
                new DistributedBarrier(waiter.curator(), path)
                    .waitOnBarrier(ENOUGH_SECONDS, SECONDS));

    waiter.suffer(scene.fault(), gate::removeBarrier);

    assertTrue(waiting.result());
  }

  @OnEachService
  void membersLeaveAfterAFault(Scene scene) throws Exception {
    Peer one = scene.join();
    Peer two = scene.join();
    String path = scene.path("double-barrier");
    DistributedDoubleBarrier first = new DistributedDoubleBarrier(one.curator(), path, 2);
    DistributedDoubleBarrier second = new DistributedDoubleBarrier(two.curator(), path, 2);
    InProcess<Boolean> entering = InProcess.start(() -> first.enter(ENOUGH_SECONDS, SECONDS));
    await().until(() -> two.curator().checkExists().forPath(path) != null);
    assertTrue(second.enter(ENOUGH_SECONDS, SECONDS));
    assertTrue(entering.result());

    one.suffer(scene.fault());

    InProcess<Boolean> leaving = InProcess.start(() -> first.leave(ENOUGH_SECONDS, SECONDS));
    if (scene.fault().keepsSession()) {
      assertTrue(second.leave(ENOUGH_SECONDS, SECONDS));
      assertTrue(leaving.result());
    } else {
      assertThrows(Exception.class, leaving::result, "its place went with its session");
      assertTrue(second.leave(ENOUGH_SECONDS, SECONDS));
    }
  }
}
