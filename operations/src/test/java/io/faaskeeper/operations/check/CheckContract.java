package io.faaskeeper.operations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.Told;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.TransactionLog.Slot;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import io.faaskeeper.service.OwnerChange;
import io.faaskeeper.zookeeper.FaasKeeper;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of damage, planted in a deployment, is found; without any, none is. */
@SuppressWarnings("try") // a test may be interrupted
abstract class CheckContract {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);
  private static final Deadline NONE = Deadline.NONE;

  @TempDir private Path folder = Path.of("");
  private @Nullable ZooKeeper open;
  private @Nullable DeploymentStorage stored;
  private Path config = Path.of("");

  /**
   * Begins a deployment that nothing is stored in.
   *
   * @param name not used before
   * @return its configuration
   */
  abstract String deploy(String name) throws Exception;

  @BeforeEach
  void plant() throws Exception {
    String name = UUID.randomUUID().toString().substring(0, 30);
    config = Files.writeString(folder.resolve("config.json"), deploy(name));
    stored = Deployments.storage(DeploymentConfig.read(config));
    open = new FaasKeeper("x", TIMEOUT_MILLIS, event -> {}, new FaasKeeperClientConfig(config));
    for (String path : List.of("/a", "/a/x", "/a/y", "/gone")) {
      create(path, CreateMode.PERSISTENT);
    }
    zooKeeper().delete("/gone", -1);
    create("/e", CreateMode.EPHEMERAL);
    create("/c", CreateMode.CONTAINER);
    create("/c/child", CreateMode.PERSISTENT);
    zooKeeper().delete("/c/child", -1);
    zooKeeper()
        .create(
            "/t",
            DATA,
            Ids.OPEN_ACL_UNSAFE,
            CreateMode.PERSISTENT_WITH_TTL,
            new Stat(),
            86_400_000);
    create("/last", CreateMode.PERSISTENT);
    awaitWatermark();
  }

  /** An answer may come before it has moved. */
  private void awaitWatermark() {
    CompletableFuture<Integer> synced = new CompletableFuture<>();
    zooKeeper().sync("/", (code, path, context) -> synced.complete(code), null);
    assertEquals(0, synced.join());
  }

  @AfterEach
  void close() throws Exception {
    zooKeeper().close();
    storage().close();
  }

  private void create(String path, CreateMode mode) throws Exception {
    zooKeeper().create(path, DATA, Ids.OPEN_ACL_UNSAFE, mode);
  }

  private ZooKeeper zooKeeper() {
    if (open == null) {
      throw new AssertionError("not open");
    }
    return open;
  }

  private DeploymentStorage storage() {
    if (stored == null) {
      throw new AssertionError("not open");
    }
    return stored;
  }

  @Test
  void nothingWhereNothingIsWrong() {
    finds(storage());
    Told told = Told.by(CheckMain.command(), "--config", config.toString());
    told.assertDone("0 damaged, 0 left over, 0 changed too fast to be judged");
    assertTrue(told.out().contains("11 nodes, 1 processes, 1 sessions"), told::toString);
  }

  @Test
  void programEndsWithOneIfThereIsDamage() {
    setStat("/a", meta -> cversion(meta, meta.stat().cversion() + 1));
    Told told = Told.by(CheckMain.command(), "--config", config.toString());
    assertEquals(1, told.code(), told::toString);
    assertTrue(told.out().contains("damage CVERSION /a: "), told::toString);
    Told.by(CheckMain.command(), "--config", folder + "/none")
        .assertFailed(2, "none can't be read");
  }

  @Test
  void nothingOnADeploymentThatIsInUse() throws Exception {
    Thread writer = new Thread(this::writeUntilInterrupted);
    writer.start();
    try {
      for (int i = 0; i < 5; i++) {
        Told told = Told.by(CheckMain.command(), "--config", config.toString(), "--skip-data");
        assertEquals(0, told.code(), told::toString);
      }
    } finally {
      writer.interrupt();
      writer.join();
    }
    finds(storage());
  }

  private void writeUntilInterrupted() {
    try {
      for (int i = 0; true; i++) {
        create("/a/x/" + i % 7, CreateMode.EPHEMERAL);
        zooKeeper().setData("/a", DATA, -1);
        zooKeeper().delete("/a/x/" + i % 7, -1);
      }
    } catch (InterruptedException e) {
      // It was told to end.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSumOverChildrenThatIsAnother() {
    setStat("/a", meta -> new NodeMeta(meta.stat(), meta.acl(), meta.childSum() + 1));
    finds(storage(), Kind.CHILD_SUM);
  }

  @Test
  void aNumberOfChildrenThatIsAnother() {
    setStat(
        "/a",
        meta ->
            with(
                meta,
                meta.stat().withChildren(meta.stat().pzxid(), meta.stat().cversion() + 1, 3)));
    finds(storage(), Kind.CHILD_COUNT);
  }

  @Test
  void aCversionThatCannotBe() {
    setStat("/a", meta -> cversion(meta, 0));
    finds(storage(), Kind.CVERSION);
  }

  @Test
  void aChildThatIsListedAndDoesNotExist() {
    StoredNode node = node("/a/x");
    join(
        storage()
            .nodes()
            .apply(new NodeUpdate("/a/x", zxid(), false, meta(node).stat(), 0, null, null), NONE));
    finds(storage(), Kind.CHILD_ITEM);
  }

  @Test
  void aChildThatExistsAndIsNotListed() {
    join(storage().children().apply("/a", "x", new ChildItem.Version(zxid(), false), null, NONE));
    finds(storage(), Kind.CHILD_COUNT);
  }

  @Test
  void aChildThatIsListedAsAnotherIncarnation() {
    join(storage().children().apply("/a", "x", new ChildItem.Version(zxid(), true), null, NONE));
    finds(storage(), Kind.CHILD_ITEM, Kind.CHILD_SUM);
  }

  @Test
  void dataThatIsCutOff() {
    setData("/a", Arrays.copyOf(DATA, 2));
    finds(storage(), Kind.DATA);
  }

  @Test
  void dataThatIsNotWhatWasLogged() {
    setData("/a", "DATA".getBytes(StandardCharsets.UTF_8));
    finds(storage(), Kind.DATA);
  }

  @Test
  void aChangeThatStorageLacks() {
    finds(
        Tampered.nodes(
            storage(),
            nodes ->
                Tampered.<NodeStore, StoredNode>port(
                    NodeStore.class,
                    nodes,
                    "read",
                    "/last",
                    node -> other(node, node.touched() - 1, node.meta()))),
        Kind.NODE);
  }

  @Test
  void aNodeThatIsNotAsItWasLogged() {
    finds(
        Tampered.nodes(
            storage(),
            nodes ->
                Tampered.<NodeStore, StoredNode>port(
                    NodeStore.class,
                    nodes,
                    "read",
                    "/last",
                    node ->
                        other(
                            node,
                            node.touched(),
                            node.meta().map(meta -> with(meta, meta.stat().withAcl(7)))))),
        Kind.NODE);
  }

  @Test
  void aNodeTouchedByWhatWasNeverLogged() {
    StoredNode node = node("/a");
    join(
        storage()
            .nodes()
            .apply(
                new NodeUpdate(
                    "/a", zxid() + 9, true, meta(node).stat(), meta(node).childSum(), null, null),
                NONE));
    finds(storage(), Kind.NODE);
  }

  @Test
  void aWatermarkBeyondTheLog() {
    finds(watermark(w -> new Watermark(w.record() + 1, w.zxid(), 0, true)), Kind.WATERMARK);
  }

  @Test
  void aWatermarkWithAZxidOfAnotherRecord() {
    finds(watermark(w -> new Watermark(w.record(), w.zxid() + 1, 0, true)), Kind.WATERMARK);
  }

  private DeploymentStorage watermark(UnaryOperator<Watermark> change) {
    return Tampered.watermarks(
        storage(), watermarks -> Tampered.port(Watermarks.class, watermarks, "read", "", change));
  }

  @Test
  void aRecordThatIsMissing() {
    finds(record(3L, slot -> new Slot.Empty()), Kind.LOG);
  }

  @Test
  void recordsThatDoNotFollowEachOther() {
    LogRecord later = ((Slot.Found) join(storage().log().read(5))).record();
    finds(
        record(
            3L,
            slot -> {
              LogRecord record = ((Slot.Found) slot).record();
              return new Slot.Found(new LogRecord(3, record.attempt(), later.entries()));
            }),
        Kind.LOG);
  }

  private DeploymentStorage record(long number, UnaryOperator<Slot> change) {
    return Tampered.log(
        storage(), log -> Tampered.port(TransactionLog.class, log, "read", number, change));
  }

  @Test
  void anEphemeralOfASessionThatIsClosed() throws Exception {
    otherSessionWrites();
    SessionState session = session();
    join(storage().sessions().apply(session.with(SessionState.Status.CLOSED, zxid()), NONE));
    finds(storage(), Kind.EPHEMERAL, Kind.LEFT_INDEX_ENTRY);
  }

  @Test
  void aSessionThatHasNoRow() {
    finds(
        Tampered.sessions(
            storage(),
            sessions ->
                Tampered.<SessionStore, Optional<SessionState>>port(
                    SessionStore.class, sessions, "read", "", row -> Optional.empty())),
        Kind.SESSION,
        Kind.EPHEMERAL,
        Kind.LEFT_INDEX_ENTRY);
  }

  @Test
  void aSessionThatIsNotAsItWasLogged() {
    finds(
        Tampered.sessions(
            storage(),
            sessions ->
                Tampered.<SessionStore, Optional<SessionState>>port(
                    SessionStore.class,
                    sessions,
                    "read",
                    "",
                    row -> row.map(s -> s.answered(s.touched(), s.lastSeq() + 1, 1)))),
        Kind.SESSION);
  }

  @Test
  void anEphemeralThatItsOwnerDoesNotKnow() {
    removeEntry(
        OwnerChange.ephemeralsOf(zooKeeper().getSessionId()),
        OwnerChange.ephemeralEntry(czxid("/e"), "/e"));
    finds(storage(), Kind.OWNER_INDEX);
  }

  @Test
  void aTtlNodeThatNobodyWouldRemove() {
    List<String> entries = join(storage().owners().list(OwnerChange.TTL, "", 2));
    assertEquals(1, entries.size());
    removeEntry(OwnerChange.TTL, entries.get(0));
    finds(storage(), Kind.OWNER_INDEX);
  }

  @Test
  void aContainerThatNobodyWouldRemove() {
    NodeStat stat = meta(node("/c")).stat();
    removeEntry(
        OwnerChange.CONTAINERS, OwnerChange.containerEntry(stat.pzxid(), stat.czxid(), "/c"));
    finds(storage(), Kind.OWNER_INDEX);
  }

  @Test
  void aSessionThatItsProcessDoesNotHold() {
    SessionState session = session();
    removeEntry(
        OwnerChange.sessionsOf(session.process()),
        OwnerChange.heldEntry(session.id(), session.epoch()));
    finds(storage(), Kind.OWNER_INDEX);
  }

  @Test
  void aSessionWhoseCloseNobodyWouldGoOnWith() throws Exception {
    otherSessionWrites();
    join(storage().sessions().apply(session().with(SessionState.Status.EXPIRING, zxid()), NONE));
    finds(storage(), Kind.OWNER_INDEX);
  }

  @Test
  void aSessionWhoseProcessNobodyWatches() {
    finds(
        Tampered.processes(
            storage(),
            processes ->
                Tampered.<ProcessRegistry, Optional<ProcessRow>>port(
                    ProcessRegistry.class, processes, "read", "", row -> Optional.empty())),
        Kind.PROCESS);
  }

  @Test
  void aHeartbeatThatIsOff() {
    Watermarks watermarks = storage().watermarks();
    join(watermarks.switchOff(join(watermarks.read())));
    finds(storage(), Kind.HEARTBEAT);
  }

  /** As a copy of a distributor leaves it that came late. */
  @Test
  void anItemOfAChildThatIsGone() {
    join(storage().children().apply("/", "gone", new ChildItem.Version(zxid(), true), null, NONE));
    finds(storage(), Kind.LEFT_CHILD_ITEM);
  }

  @Test
  void aSubscriptionOfNobody() {
    join(storage().nodes().subscribe("/a", new Subscription("nobody", 1), false));
    finds(storage(), Kind.LEFT_SUBSCRIPTION);
  }

  @Test
  void anIndexEntryOfNothing() {
    join(
        storage()
            .owners()
            .put(
                OwnerChange.ephemeralsOf(zooKeeper().getSessionId()),
                OwnerChange.ephemeralEntry(1, "/nothing"),
                NONE));
    finds(storage(), Kind.LEFT_INDEX_ENTRY);
  }

  /** So that the watermark is beyond what the session did last. */
  private void otherSessionWrites() throws Exception {
    try (ZooKeeper other =
        new FaasKeeper("x", TIMEOUT_MILLIS, event -> {}, new FaasKeeperClientConfig(config))) {
      other.setData("/last", DATA, -1);
    }
  }

  private void removeEntry(String owner, String entry) {
    assertTrue(join(storage().owners().list(owner, "", 100)).contains(entry));
    join(storage().owners().remove(owner, entry, NONE));
  }

  private SessionState session() {
    return join(storage().sessions().read(zooKeeper().getSessionId())).orElseThrow();
  }

  private StoredNode node(String path) {
    return join(storage().nodes().read(path, true));
  }

  @SuppressWarnings("NullAway") // javac 17 forgets the annotations of a compact constructor.
  private static StoredNode other(StoredNode node, long touched, Optional<NodeMeta> meta) {
    return new StoredNode(touched, meta, node.data(), node.interested());
  }

  private static NodeMeta meta(StoredNode node) {
    return node.meta().orElseThrow();
  }

  private long czxid(String path) {
    return meta(node(path)).stat().czxid();
  }

  private long zxid() {
    return join(storage().watermarks().read()).zxid();
  }

  private static NodeMeta with(NodeMeta meta, NodeStat stat) {
    return new NodeMeta(stat, meta.acl(), meta.childSum());
  }

  private static NodeMeta cversion(NodeMeta meta, int cversion) {
    NodeStat stat = meta.stat();
    return with(meta, stat.withChildren(stat.pzxid(), cversion, stat.numChildren()));
  }

  /** Changes what is stored of a node, as if an applied change had done so. */
  private void setStat(String path, UnaryOperator<NodeMeta> change) {
    NodeMeta meta = change.apply(meta(node(path)));
    join(
        storage()
            .nodes()
            .apply(
                new NodeUpdate(path, zxid(), true, meta.stat(), meta.childSum(), null, null),
                NONE));
  }

  private void setData(String path, byte[] data) {
    NodeMeta meta = meta(node(path));
    join(
        storage()
            .nodes()
            .apply(
                new NodeUpdate(path, zxid(), true, meta.stat(), meta.childSum(), null, data),
                NONE));
  }

  /** Checks that just these kinds of findings are there. */
  private static void finds(DeploymentStorage storage, Kind... kinds) {
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

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
