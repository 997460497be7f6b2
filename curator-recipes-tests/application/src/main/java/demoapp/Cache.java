package demoapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.apache.zookeeper.data.Stat;

/**
 * A {@link CuratorCache} follows a tree while another client changes it, and has in the end what
 * the tree has.
 */
final class Cache implements Recipe {
  private static final int CHANGES = 40;
  private static final int NAMES = 8;

  @Override
  public String name() {
    return "cache";
  }

  @Override
  public String run(Stage stage) throws Exception {
    CuratorFramework author = stage.newClient();
    String root = stage.path("tree");
    author.create().creatingParentsIfNeeded().forPath(root, text("root"));
    try (CuratorCache cache = CuratorCache.build(stage.newClient(), root)) {
      AtomicInteger events = new AtomicInteger();
      CountDownLatch initialized = new CountDownLatch(1);
      cache
          .listenable()
          .addListener(
              CuratorCacheListener.builder()
                  .forAll((type, before, after) -> events.incrementAndGet())
                  .forInitialized(initialized::countDown)
                  .build());
      cache.start();
      boolean ready = initialized.await(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Stage.promise(ready, "the cache is filled in time");
      stage.say("the cache is filled; another client makes " + CHANGES + " changes");

      change(author, root);
      SortedMap<String, String> truth = new TreeMap<>();
      read(author, root, truth);
      Stage.await("the cache equals the tree " + truth, () -> contents(cache).equals(truth));
      return events + " events; " + truth.size() + " nodes, versions and data as in the tree";
    }
  }

  /** Creates, writes and deletes at random, the same changes each run. */
  private static void change(CuratorFramework author, String root) throws Exception {
    Random random = new Random(7);
    List<String> living = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      String path = root + "/" + (char) ('a' + random.nextInt(NAMES));
      if (!living.contains(path)) {
        author.create().forPath(path, text("born " + i));
        author.create().forPath(path + "/leaf", text("leaf " + i));
        living.add(path);
      } else if (random.nextInt(3) == 0) {
        author.delete().deletingChildrenIfNeeded().forPath(path);
        living.remove(path);
      } else {
        author.setData().forPath(path + (random.nextBoolean() ? "" : "/leaf"), text("set " + i));
      }
    }
  }

  private static void read(CuratorFramework client, String path, Map<String, String> into)
      throws Exception {
    Stat stat = new Stat();
    byte[] data = client.getData().storingStatIn(stat).forPath(path);
    into.put(path, describe(data, stat));
    for (String child : client.getChildren().forPath(path)) {
      read(client, path + "/" + child, into);
    }
  }

  private static Map<String, String> contents(CuratorCache cache) {
    return cache.stream()
        .collect(Collectors.toMap(c -> c.getPath(), c -> describe(c.getData(), c.getStat())));
  }

  private static String describe(byte[] data, Stat stat) {
    return new String(data, UTF_8) + " v" + stat.getVersion() + " of " + stat.getMzxid();
  }

  private static byte[] text(String s) {
    return s.getBytes(UTF_8);
  }
}
