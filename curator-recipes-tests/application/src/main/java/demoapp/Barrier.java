package demoapp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;

/** Members of a {@link DistributedDoubleBarrier} enter together and leave together. */
final class Barrier implements Recipe {
  private static final int MEMBERS = 3;

  @Override
  public String name() {
    return "barrier";
  }

  @Override
  public String run(Stage stage) throws Exception {
    AtomicInteger arrived = new AtomicInteger();
    AtomicInteger leaving = new AtomicInteger();
    List<Callable<Boolean>> members = new ArrayList<>();
    for (CuratorFramework client : stage.newClients(MEMBERS)) {
      DistributedDoubleBarrier barrier =
          new DistributedDoubleBarrier(client, stage.path("barrier"), MEMBERS);
      members.add(
          () -> {
            stage.say("member " + arrived.incrementAndGet() + " is at the barrier");
            pass(barrier.enter(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS), arrived, "enter");
            leaving.incrementAndGet();
            pass(barrier.leave(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS), leaving, "leave");
            return true;
          });
    }
    Stage.together(members);
    return MEMBERS + " members entered together and left together";
  }

  private static void pass(boolean inTime, AtomicInteger here, String what) {
    Stage.promise(inTime, "all " + what + " in time");
    Stage.promise(here.get() == MEMBERS, "none may " + what + " before all are there");
  }
}
