package io.faaskeeper.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.api.transaction.TransactionOp;
import org.apache.curator.framework.recipes.watch.PersistentWatcher;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.BadVersionException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.data.Stat;

/** What recipes are made of: transactions, ephemerals, protected creates, persistent watches. */
class FrameworkTest {
  @OnEachService
  void transactionsAreWholeOrNothing(Scene scene) throws Exception {
    Peer peer = scene.join();
    CuratorFramework client = peer.curator();
    String one = scene.path("one");
    String two = scene.path("two");
    client.create().creatingParentsIfNeeded().forPath(one);

    peer.suffer(scene.fault());

    TransactionOp op = client.transactionOp();
    assertThrows(
        BadVersionException.class,
        () ->
            client
                .transaction()
                .forOperations(op.create().forPath(two), op.setData().withVersion(9).forPath(one)));
    assertNull(client.checkExists().forPath(two));
    client
        .transaction()
        .forOperations(op.create().forPath(two), op.setData().withVersion(0).forPath(one));
    assertEquals(stat(client, two).getCzxid(), stat(client, one).getMzxid());
  }

  @OnEachService
  void ephemeralsLiveAsLongAsTheirSession(Scene scene) throws Exception {
    Peer owner = scene.join();
    CuratorFramework other = scene.join().curator();
    String path = scene.path("ephemeral");
    owner.curator().create().creatingParentsIfNeeded().withMode(CreateMode.EPHEMERAL).forPath(path);

    owner.suffer(scene.fault());

    assertEquals(scene.fault().keepsSession(), other.checkExists().forPath(path) != null);
    owner.close();
    assertNull(other.checkExists().forPath(path));
  }

  @OnEachService
  void protectedCreateMakesOneNode(Scene scene) throws Exception {
    Peer peer = scene.join();
    CuratorFramework client = peer.curator();
    String parent = scene.path("parent");
    client.create().creatingParentsIfNeeded().forPath(parent);
    InProcess<?>[] creating = new InProcess<?>[1];

    peer.suffer(
        scene.fault(),
        () ->
            creating[0] =
                InProcess.start(
                    () ->
                        client
                            .create()
                            .withProtection()
                            .withMode(CreateMode.PERSISTENT_SEQUENTIAL)
                            .forPath(parent + "/n-")));

    String created = String.valueOf(creating[0].result());
    assertEquals(
        List.of(created.substring(parent.length() + 1)), client.getChildren().forPath(parent));
  }

  @OnEachService
  void persistentWatchIsArmedAgain(Scene scene) throws Exception {
    Peer peer = scene.join();
    CuratorFramework author = scene.join().curator();
    String root = scene.path("watched");
    author.create().creatingParentsIfNeeded().forPath(root);
    List<String> seen = new CopyOnWriteArrayList<>();
    try (PersistentWatcher watcher = new PersistentWatcher(peer.curator(), root, true)) {
      watcher
          .getListenable()
          .addListener(
              event -> {
                if (event.getType() != EventType.None) {
                  seen.add(event.getType() + " " + event.getPath());
                }
              });
      watcher.getResetListenable().addListener(() -> seen.add("armed"));
      watcher.start();
      await().until(() -> seen.contains("armed"));

      peer.suffer(scene.fault());
      await()
          .until(
              () -> {
                author.setData().forPath(root);
                return seen.contains("NodeDataChanged " + root);
              });

      author.create().forPath(root + "/child", "x".getBytes(UTF_8));
      author.setData().forPath(root + "/child");
      author.delete().forPath(root + "/child");
      List<String> expected =
          List.of(
              "NodeCreated " + root + "/child",
              "NodeDataChanged " + root + "/child",
              "NodeDeleted " + root + "/child");
      await()
          .until(() -> seen.stream().filter(e -> e.endsWith("/child")).toList().equals(expected));
    }
  }

  private static Stat stat(CuratorFramework client, String path) throws Exception {
    Stat stat = client.checkExists().forPath(path);
    assertNotNull(stat);
    return stat;
  }
}
