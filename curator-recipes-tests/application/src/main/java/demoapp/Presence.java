package demoapp;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.CuratorWatcher;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;

/** An ephemeral node is there as long as its session, and its end is an event. */
final class Presence implements Recipe {
  @Override
  public String name() {
    return "ephemeral";
  }

  @Override
  public String run(Stage stage) throws Exception {
    CuratorFramework guest = stage.newClient();
    CuratorFramework host = stage.newClient();
    String path = stage.path("guest");
    String note = stage.path("note");
    guest.create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path);
    guest.create().forPath(note);

    CountDownLatch gone = new CountDownLatch(1);
    CuratorWatcher watcher =
        event -> {
          if (event.getType() == EventType.NodeDeleted) {
            gone.countDown();
          }
        };
    Stat stat = host.checkExists().usingWatcher(watcher).forPath(path);
    long session = guest.getZookeeperClient().getZooKeeper().getSessionId();
    boolean owned = stat != null && stat.getEphemeralOwner() == session;
    Stage.promise(owned, "the node names its session");
    stage.say("session 0x" + Long.toHexString(session) + " has an ephemeral node, and closes");

    guest.close();
    boolean told = gone.await(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Stage.promise(told, "the watcher hears of the end");
    Stage.promise(host.checkExists().forPath(path) == null, "the node is gone");
    Stage.promise(host.checkExists().forPath(note) != null, "its persistent neighbour stays");
    return "gone with its session, and its watcher was told";
  }
}
