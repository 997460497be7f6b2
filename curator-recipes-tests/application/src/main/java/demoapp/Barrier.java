package demoapp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;

/**
 * Members of a {@link DistributedDoubleBarrier}: nobody gets in before all have come, and nothing
 * of them is left when they have gone. (Curator 5.9 lets a member go while the last one is still on
 * its way in, so that all leave at once is not asked for.)
 */
final class Barrier implements Recipe {
  private static final int MEMBERS = 3;

  @Override
  public String name() {
    return "barrier";
  }

  @Override
  public String run(Stage stage) throws Exception {
    String path = stage.path("barrier");
    List<CuratorFramework> clients = stage.newClients(MEMBERS);
    AtomicInteger arrived = new AtomicInteger();
    List<Callable<Boolean>> members = new ArrayList<>();
    for (CuratorFramework client : clients) {
      members.add(() -> pass(stage, client, path, arrived));
    }
    Stage.together(members);
    List<String> left = clients.get(0).getChildren().forPath(path);
    Stage.promise(left.isEmpty(), "all have gone, but found " + left);
    return MEMBERS + " members entered together, and left";
  }

  private static boolean pass(
      Stage stage, CuratorFramework client, String path, AtomicInteger arrived) throws Exception {
    DistributedDoubleBarrier barrier = new DistributedDoubleBarrier(client, path, MEMBERS);
    stage.say("member " + arrived.incrementAndGet() + " is at the barrier");
    boolean entered = barrier.enter(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Stage.promise(entered, "all enter in time");
    Stage.promise(arrived.get() == MEMBERS, "none may enter before all are there");
    boolean left = barrier.leave(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Stage.promise(left, "all leave in time");
    return true;
  }
}
