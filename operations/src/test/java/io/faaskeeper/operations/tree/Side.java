package io.faaskeeper.operations.tree;

import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.operations.Paths;
import io.faaskeeper.zookeeper.FaasKeeper;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/** One end of a transfer: how the programs are told of it, and a handle of the super user on it. */
record Side(List<String> options, ZooKeeper zooKeeper, Modes modes) implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String SUPER = "super:admin";

  static Side of(RealServer server) throws IOException, InterruptedException {
    Tree.Connected connected = new Tree.Connected();
    ZooKeeper handle = new ZooKeeper(server.connectString(), TIMEOUT_MILLIS, connected);
    connected.await("the server");
    return of(List.of("--zookeeper", server.connectString()), handle, Modes.UNKNOWN);
  }

  /** A new deployment in memory. */
  static Side inMemory(Path folder, String name) throws IOException, InterruptedException {
    Path file =
        Files.writeString(
            folder.resolve(name + ".json"),
            "{\"cloud-provider\": \"memory\", \"deployment-name\": \"%s\", \"super-digest\": \"%s\"}"
                .formatted(
                    name,
                    System.getProperty(
                        "zookeeper.DigestAuthenticationProvider.superDigest", "none")));
    Tree.Connected connected = new Tree.Connected();
    ZooKeeper handle =
        new FaasKeeper("x", TIMEOUT_MILLIS, connected, new FaasKeeperClientConfig(file));
    connected.await("the deployment");
    return of(
        List.of("--config", file.toString()),
        handle,
        Modes.of(Deployments.storage(DeploymentConfig.read(file)).nodes()));
  }

  private static Side of(List<String> options, ZooKeeper handle, Modes modes) {
    handle.addAuthInfo("digest", SUPER.getBytes(StandardCharsets.UTF_8));
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of("--auth", "digest:" + SUPER));
    return new Side(all, handle, modes);
  }

  /** What a program is started with. */
  String[] with(Path file, String... more) {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(Arrays.asList(more));
    arguments.add(file.toString());
    return arguments.toArray(String[]::new);
  }

  /** Data, ACL and mode of all nodes from one on that are no ephemerals. */
  Map<String, String> tree(String root) throws KeeperException, InterruptedException {
    Map<String, String> nodes = new TreeMap<>();
    add(root, nodes);
    return nodes;
  }

  private void add(String path, Map<String, String> nodes)
      throws KeeperException, InterruptedException {
    Stat stat = new Stat();
    byte @Nullable [] data = zooKeeper.getData(path, false, stat);
    if (stat.getEphemeralOwner() != 0 || path.equals(Paths.OWN)) {
      return;
    }
    nodes.put(
        path,
        (data == null ? "null" : "\"" + HexFormat.of().formatHex(data) + "\"")
            + zooKeeper.getACL(path, new Stat())
            + modes.of(path).toCompletableFuture().join().mode());
    for (String name : zooKeeper.getChildren(path, false)) {
      add(Paths.child(path, name), nodes);
    }
  }

  @Override
  public void close() {
    try {
      zooKeeper.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
