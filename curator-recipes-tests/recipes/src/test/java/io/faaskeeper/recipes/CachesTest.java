package io.faaskeeper.recipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.NodeCache;
import org.apache.curator.framework.recipes.cache.PathChildrenCache;
import org.apache.curator.framework.recipes.cache.TreeCache;
import org.apache.zookeeper.data.Stat;

/** A cache has what the tree has, also of what changed while its client was away. */
class CachesTest {
  @OnEachService
  void curatorCache(Scene scene) throws Exception {
    Author author = new Author(scene);
    Peer reader = scene.join();
    try (CuratorCache cache = CuratorCache.build(reader.curator(), author.root)) {
      cache.start();
      follows(scene, author, reader, () -> describe(cache.stream().toList()), author::tree);
    }
  }

  @OnEachService
  @SuppressWarnings("deprecation") // applications use it
  void treeCache(Scene scene) throws Exception {
    Author author = new Author(scene);
    Peer reader = scene.join();
    try (TreeCache cache = new TreeCache(reader.curator(), author.root)) {
      cache.start();
      Callable<Map<String, String>> seen =
          () -> {
            Map<String, String> all = new TreeMap<>();
            collect(cache, author.root, all);
            return all;
          };
      follows(scene, author, reader, seen, author::tree);
    }
  }

  @OnEachService
  @SuppressWarnings("deprecation") // applications use it
  void pathChildrenCache(Scene scene) throws Exception {
    Author author = new Author(scene);
    Peer reader = scene.join();
    try (PathChildrenCache cache = new PathChildrenCache(reader.curator(), author.root, true)) {
      cache.start();
      Callable<Map<String, String>> truth =
          () -> {
            Map<String, String> children = author.tree();
            children.keySet().removeIf(path -> path.lastIndexOf('/') != author.root.length());
            return children;
          };
      follows(scene, author, reader, () -> describe(cache.getCurrentData()), truth);
    }
  }

  @OnEachService
  @SuppressWarnings("deprecation") // applications use it
  void nodeCache(Scene scene) throws Exception {
    Author author = new Author(scene);
    Peer reader = scene.join();
    try (NodeCache cache = new NodeCache(reader.curator(), author.root + "/a")) {
      cache.start();
      Callable<Map<String, String>> seen =
          () -> {
            ChildData data = cache.getCurrentData();
            return data == null ? Map.of() : describe(List.of(data));
          };
      Callable<Map<String, String>> truth =
          () -> {
            Map<String, String> node = author.tree();
            node.keySet().removeIf(path -> !path.equals(author.root + "/a"));
            return node;
          };
      follows(scene, author, reader, seen, truth);
    }
  }

  private static void follows(
      Scene scene,
      Author author,
      Peer reader,
      Callable<Map<String, String>> seen,
      Callable<Map<String, String>> truth)
      throws Exception {
    await().until(() -> seen.call().equals(truth.call()));
    reader.suffer(scene.fault(), author::changeMuch);
    await().until(() -> seen.call().equals(truth.call()));
    author.changeMore();
    await().until(() -> seen.call().equals(truth.call()));
  }

  private static Map<String, String> describe(List<ChildData> nodes) {
    return nodes.stream()
        .collect(Collectors.toMap(ChildData::getPath, n -> describe(n.getData(), n.getStat())));
  }

  private static String describe(byte[] data, Stat stat) {
    return new String(data, UTF_8) + " v" + stat.getVersion() + " of " + stat.getMzxid();
  }

  @SuppressWarnings("deprecation") // applications use it
  private static void collect(TreeCache cache, String path, Map<String, String> into) {
    ChildData node = cache.getCurrentData(path);
    if (node != null) {
      into.put(path, describe(node.getData(), node.getStat()));
    }
    Map<String, ChildData> children = cache.getCurrentChildren(path);
    if (children != null) {
      children.keySet().forEach(name -> collect(cache, path + "/" + name, into));
    }
  }

  /** Who changes the tree. */
  private static final class Author {
    final String root;
    private final CuratorFramework client;

    Author(Scene scene) throws Exception {
      root = scene.path("tree");
      client = scene.join().curator();
      client.create().creatingParentsIfNeeded().forPath(root, text("root"));
      client.create().forPath(root + "/a", text("a"));
      client.create().forPath(root + "/b", text("b"));
      client.create().forPath(root + "/b/leaf", text("leaf"));
    }

    void changeMuch() throws Exception {
      client.setData().forPath(root, text("changed"));
      client.setData().forPath(root + "/a", text("changed"));
      client.delete().deletingChildrenIfNeeded().forPath(root + "/b");
      client.create().forPath(root + "/c", text("c"));
      client.create().forPath(root + "/c/leaf", text("leaf"));
    }

    void changeMore() throws Exception {
      client.delete().forPath(root + "/a");
      client.create().forPath(root + "/b", text("again"));
      client.setData().forPath(root + "/c/leaf", text("changed"));
    }

    Map<String, String> tree() throws Exception {
      Map<String, String> all = new TreeMap<>();
      read(root, all);
      return all;
    }

    private void read(String path, Map<String, String> into) throws Exception {
      Stat stat = new Stat();
      byte[] data = client.getData().storingStatIn(stat).forPath(path);
      into.put(path, describe(data, stat));
      for (String child : client.getChildren().forPath(path)) {
        read(path + "/" + child, into);
      }
    }

    private static byte[] text(String s) {
      return s.getBytes(UTF_8);
    }
  }
}
