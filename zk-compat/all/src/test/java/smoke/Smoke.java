package smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.NullMarked;

/**
 * A stock application of the age of ZooKeeper 3.6: it imports ZooKeeper and nothing else. Says OK
 * when everything went as ZooKeeper documents it.
 */
@NullMarked
public final class Smoke {
  private static final int SECONDS = 60;

  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(100);

  private Smoke() {}

  public static void main(String[] args) throws Exception {
    new Smoke().run();
    System.out.println("OK");
    System.exit(0);
  }

  private void run() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    ZooKeeper zk = new ZooKeeper("old-host:2181", 10_000, event -> connected.countDown());
    expect("connected", connected.await(SECONDS, TimeUnit.SECONDS));
    zk.create("/a", "one".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    zk.addWatch("/a", this::event, AddWatchMode.PERSISTENT_RECURSIVE);
    Stat stat = new Stat();
    CountDownLatch changed = new CountDownLatch(1);
    byte[] data = zk.getData("/a", event -> changed.countDown(), stat);
    expect("data", new String(data, UTF_8).equals("one"));
    zk.setData("/a", "two".getBytes(UTF_8), stat.getVersion());
    expectEvent("NodeDataChanged /a");
    expect("one-shot event", changed.await(SECONDS, TimeUnit.SECONDS));
    try {
      zk.setData("/a", new byte[0], stat.getVersion());
      throw new AssertionError("an old version was taken");
    } catch (KeeperException.BadVersionException expected) {
      // As it should be.
    }
    String first =
        zk.create("/a/s-", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL, stat);
    expect("name", first.equals("/a/s-0000000000"));
    expect("owner", stat.getEphemeralOwner() == zk.getSessionId());
    expectEvent("NodeCreated " + first);
    zk.multi(
        List.of(
            Op.check("/a", 1),
            Op.create("/a/m", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
            Op.delete("/a/m", 0)));
    expectEvent("NodeCreated /a/m");
    expectEvent("NodeDeleted /a/m");
    expect("children", zk.getChildren("/a", false).equals(List.of("s-0000000000")));
    zk.close();

    ZooKeeper second = new ZooKeeper("old-host:2181/a", 10_000, event -> {});
    expect("chroot, ephemeral gone", second.getChildren("/", false).isEmpty());
    second.close();
  }

  private void event(WatchedEvent event) {
    events.add(event.getType() + " " + event.getPath());
  }

  private void expectEvent(String event) throws InterruptedException {
    String next = events.poll(SECONDS, TimeUnit.SECONDS);
    expect(event + " but was " + next, event.equals(next));
  }

  private static void expect(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError("expected: " + what);
    }
  }
}
