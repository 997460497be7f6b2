package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Paths;
import io.faaskeeper.operations.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * Writes the nodes of a dump into a tree, many requests under way at once: a session's requests
 * take effect in their order, so parents come first. Stops at the first failure. Used by one
 * thread.
 */
final class Restoring {
  private static final int MAX_CALLS = 64;
  private static final long MAX_BYTES = 8 << 20;

  private final ZooKeeper zooKeeper;
  private final Existing existing;
  private final Progress progress;
  private final Deque<Call> underWay = new ArrayDeque<>();
  private long bytesUnderWay;
  private long created;
  private long overwritten;
  private long skipped;

  private record Call(DumpedNode node, CompletableFuture<Code> outcome) {}

  Restoring(ZooKeeper zooKeeper, Existing existing, Progress progress) {
    this.zooKeeper = zooKeeper;
    this.existing = existing;
    this.progress = progress;
  }

  /** Whether this is a root as every tree has it from the beginning. */
  static boolean isPlainRoot(DumpedNode node) {
    return node.path().equals("/") && node.bytes() == 0 && node.acl().equals(Ids.OPEN_ACL_UNSAFE);
  }

  /**
   * Writes all nodes from one on.
   *
   * @param all how many these are, for the progress
   */
  void write(DumpReader dump, String root, long all) throws IOException, InterruptedException {
    ancestors(Paths.parent(root));
    for (DumpedNode node = dump.next(); node != null; node = dump.next()) {
      if (!Paths.isIn(node.path(), root) || isPlainRoot(node)) {
        continue;
      }
      underWay.add(new Call(node, node.path().equals("/") ? setRoot(node) : create(node)));
      bytesUnderWay += node.bytes();
      while (underWay.size() >= MAX_CALLS || bytesUnderWay > MAX_BYTES) {
        settleOne();
      }
      progress.show(() -> "%,d of %,d nodes".formatted(created + overwritten + skipped, all));
    }
    while (!underWay.isEmpty()) {
      settleOne();
    }
  }

  RestoreCounts counts() {
    return new RestoreCounts(created, overwritten, skipped);
  }

  /** Those above the first node, which the dump does not hold. */
  private void ancestors(String path) throws IOException, InterruptedException {
    if (path.equals("/")) {
      return;
    }
    ancestors(Paths.parent(path));
    CompletableFuture<Code> outcome = new CompletableFuture<>();
    zooKeeper.create(
        path,
        new byte[0],
        Ids.OPEN_ACL_UNSAFE,
        CreateMode.PERSISTENT,
        (rc, p, c, name) -> outcome.complete(Code.get(rc)),
        null);
    Code code = Failures.await(outcome);
    if (code != Code.OK && code != Code.NODEEXISTS) {
      throw failure(path, code);
    }
  }

  private CompletableFuture<Code> create(DumpedNode node) {
    CompletableFuture<Code> outcome = new CompletableFuture<>();
    zooKeeper.create(
        node.path(),
        node.data(),
        acl(node),
        switch (node.mode().kind()) {
          case PERSISTENT -> CreateMode.PERSISTENT;
          case CONTAINER -> CreateMode.CONTAINER;
          case TTL -> CreateMode.PERSISTENT_WITH_TTL;
        },
        (rc, p, c, name, stat) -> outcome.complete(Code.get(rc)),
        null,
        node.mode().kind() == DumpedNode.Kind.TTL ? node.mode().ttlMillis() : -1);
    return outcome;
  }

  /** In a list that may be asked whether it contains null, as ZooKeeper's client does. */
  private static List<ACL> acl(DumpedNode node) {
    return new ArrayList<>(node.acl());
  }

  /** It exists; whether it may be written was decided before. */
  private CompletableFuture<Code> setRoot(DumpedNode root) {
    return existing == Existing.SKIP
        ? CompletableFuture.completedFuture(Code.NODEEXISTS)
        : set(root);
  }

  private CompletableFuture<Code> set(DumpedNode node) {
    CompletableFuture<Code> data = new CompletableFuture<>();
    CompletableFuture<Code> acl = new CompletableFuture<>();
    zooKeeper.setData(
        node.path(), node.data(), -1, (rc, p, c, stat) -> data.complete(Code.get(rc)), null);
    zooKeeper.setACL(
        node.path(), acl(node), -1, (rc, p, c, stat) -> acl.complete(Code.get(rc)), null);
    return data.thenCombine(acl, (first, second) -> first == Code.OK ? second : first);
  }

  private void settleOne() throws IOException, InterruptedException {
    Call call = underWay.remove();
    DumpedNode node = call.node();
    bytesUnderWay -= node.bytes();
    Code code = Failures.await(call.outcome());
    if (code == Code.OK) {
      created++;
    } else if (code == Code.NODEEXISTS && existing == Existing.SKIP) {
      skipped++;
    } else if (code == Code.NODEEXISTS && existing == Existing.OVERWRITE) {
      Code set = Failures.await(set(node));
      if (set != Code.OK) {
        throw failure(node.path(), set);
      }
      overwritten++;
    } else {
      throw failure(node.path(), code);
    }
  }

  private static IOException failure(String path, Code code) {
    return new IOException(
        switch (code) {
          case NODEEXISTS -> path + " was created meanwhile, by somebody else";
          case NONODE -> path + " has lost its parent meanwhile";
          case NOCHILDRENFOREPHEMERALS -> path + ": there is an ephemeral above it";
          default -> Failures.text(path, KeeperException.create(code));
        });
  }
}
