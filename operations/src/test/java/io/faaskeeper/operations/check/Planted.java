package io.faaskeeper.operations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.zookeeper.FaasKeeper;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * A deployment with a node of each kind, a session, and nothing that is wrong: what is planted in
 * it is found.
 */
@SuppressWarnings("try") // a test may be interrupted
final class Planted implements AutoCloseable {
  static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Path config;
  private final DeploymentStorage storage;
  private final ZooKeeper zooKeeper;

  private Planted(Path config, DeploymentStorage storage, ZooKeeper zooKeeper) {
    this.config = config;
    this.storage = storage;
    this.zooKeeper = zooKeeper;
  }

  /**
   * Plants them.
   *
   * @param config of a deployment that nothing is stored in
   */
  static Planted in(Path config) throws Exception {
    Planted planted =
        new Planted(
            config,
            Deployments.storage(DeploymentConfig.read(config)),
            new FaasKeeper("x", TIMEOUT_MILLIS, event -> {}, new FaasKeeperClientConfig(config)));
    planted.plant();
    return planted;
  }

  private void plant() throws Exception {
    for (String path : List.of("/a", "/a/x", "/a/y", "/gone")) {
      create(path, CreateMode.PERSISTENT);
    }
    zooKeeper.delete("/gone", -1);
    create("/e", CreateMode.EPHEMERAL);
    create("/c", CreateMode.CONTAINER);
    create("/c/child", CreateMode.PERSISTENT);
    zooKeeper.delete("/c/child", -1);
    zooKeeper.create(
        "/t", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 86_400_000);
    create("/last", CreateMode.PERSISTENT);
    awaitWatermark();
  }

  @Override
  public void close() throws Exception {
    zooKeeper.close();
    storage.close();
  }

  void create(String path, CreateMode mode) throws Exception {
    zooKeeper.create(path, DATA, Ids.OPEN_ACL_UNSAFE, mode);
  }

  ZooKeeper zooKeeper() {
    return zooKeeper;
  }

  DeploymentStorage storage() {
    return storage;
  }

  /** An answer may come before it has moved. */
  private void awaitWatermark() {
    CompletableFuture<Integer> synced = new CompletableFuture<>();
    zooKeeper.sync("/", (code, path, context) -> synced.complete(code), null);
    assertEquals(0, synced.join());
  }

  /** So that the watermark is beyond what the session did last. */
  void otherSessionWrites() throws Exception {
    try (ZooKeeper other =
        new FaasKeeper("x", TIMEOUT_MILLIS, event -> {}, new FaasKeeperClientConfig(config))) {
      other.setData("/last", DATA, -1);
    }
  }

  void removeEntry(String owner, String entry) {
    assertTrue(join(storage.owners().list(owner, "", 100)).contains(entry));
    join(storage.owners().remove(owner, entry, Deadline.NONE));
  }

  SessionState session() {
    return join(storage.sessions().read(zooKeeper.getSessionId())).orElseThrow();
  }

  StoredNode node(String path) {
    return join(storage.nodes().read(path, true));
  }

  @SuppressWarnings("NullAway") // javac 17 forgets the annotations of a compact constructor.
  static StoredNode other(StoredNode node, long touched, Optional<NodeMeta> meta) {
    return new StoredNode(touched, meta, node.data(), node.interested());
  }

  static NodeMeta meta(StoredNode node) {
    return node.meta().orElseThrow();
  }

  long czxid(String path) {
    return meta(node(path)).stat().czxid();
  }

  long zxid() {
    return join(storage.watermarks().read()).zxid();
  }

  static NodeMeta with(NodeMeta meta, NodeStat stat) {
    return new NodeMeta(stat, meta.acl(), meta.childSum());
  }

  static NodeMeta cversion(NodeMeta meta, int cversion) {
    NodeStat stat = meta.stat();
    return with(meta, stat.withChildren(stat.pzxid(), cversion, stat.numChildren()));
  }

  /** Changes what is stored of a node, as if an applied change had done so. */
  void setStat(String path, UnaryOperator<NodeMeta> change) {
    NodeMeta meta = change.apply(meta(node(path)));
    join(
        storage
            .nodes()
            .apply(
                new NodeUpdate(path, zxid(), true, meta.stat(), meta.childSum(), null, null),
                Deadline.NONE));
  }

  void setData(String path, byte[] data) {
    NodeMeta meta = meta(node(path));
    join(
        storage
            .nodes()
            .apply(
                new NodeUpdate(path, zxid(), true, meta.stat(), meta.childSum(), null, data),
                Deadline.NONE));
  }

  /** Checks that just these kinds of findings are there. */
  void finds(Kind... kinds) {
    findsIn(storage, kinds);
  }

  static void findsIn(DeploymentStorage storage, Kind... kinds) {
    List<Finding> findings = new ArrayList<>();
    Report report = new Report(findings::add);
    Progress silent = new Progress(new PrintWriter(new StringWriter()), false, () -> 0);
    new Check(storage, true, new Judge(pause -> {}, report), Runnable::run, silent).run();
    Set<Kind> found = EnumSet.noneOf(Kind.class);
    findings.forEach(finding -> found.add(finding.kind()));
    Set<Kind> expected = EnumSet.noneOf(Kind.class);
    expected.addAll(Arrays.asList(kinds));
    assertEquals(expected, found, findings::toString);
    assertEquals(0, report.unsettledCount());
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
