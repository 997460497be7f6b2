package io.faaskeeper.operations.tree;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Reads nodes, each with data, ACL and mode of one moment: what changes in between is read again.
 * Thread-safe; never blocks.
 */
final class NodeReads {
  /** Of a node that changes whenever it is read, and of calls without an answer. */
  private static final int MAX_ATTEMPTS = 20;

  /** What is shown of a digest to who may not administer the node. */
  private static final String HIDDEN_DIGEST = ":x";

  private final ZooKeeper zooKeeper;
  private final Modes modes;

  NodeReads(Tree tree) {
    this.zooKeeper = tree.zooKeeper();
    this.modes = tree.modes();
  }

  private record Data(byte @Nullable [] bytes, Stat stat) {}

  private record Acls(List<ACL> entries, Stat stat) {}

  private record Children(List<String> names, Stat stat) {}

  /** Neither of both if the answers are not of one moment. */
  private record Attempt(@Nullable ReadNode read, @Nullable Throwable failure) {}

  /**
   * A node; empty if there is none. Fails with an {@link IOException} of one line if it can't be
   * read.
   */
  CompletableFuture<Optional<ReadNode>> read(String path) {
    return read(path, MAX_ATTEMPTS);
  }

  private CompletableFuture<Optional<ReadNode>> read(String path, int attempts) {
    CompletableFuture<Data> data = new CompletableFuture<>();
    CompletableFuture<Acls> acls = new CompletableFuture<>();
    CompletableFuture<Children> children = new CompletableFuture<>();
    zooKeeper.getData(
        path, false, (rc, p, c, bytes, stat) -> end(data, rc, new Data(bytes, stat)), null);
    zooKeeper.getACL(path, null, (rc, p, c, acl, stat) -> end(acls, rc, new Acls(acl, stat)), null);
    zooKeeper.getChildren(
        path, false, (rc, p, c, names, stat) -> end(children, rc, new Children(names, stat)), null);
    CompletableFuture<Modes.Mode> mode = modes.of(path).toCompletableFuture();
    return CompletableFuture.allOf(data, acls, children, mode)
        .handle(
            (done, failure) ->
                failure == null
                    ? new Attempt(
                        whole(path, data.join(), acls.join(), children.join(), mode.join()), null)
                    : new Attempt(null, failure))
        .thenCompose(attempt -> result(path, attempts, attempt));
  }

  private static <T> void end(CompletableFuture<T> call, int rc, T value) {
    Code code = Code.get(rc);
    if (code == Code.OK) {
      call.complete(value);
    } else {
      call.completeExceptionally(KeeperException.create(code));
    }
  }

  /** What the answers are together, if they are of one moment; else null. */
  private static @Nullable ReadNode whole(
      String path, Data data, Acls acls, Children children, Modes.Mode mode) {
    Stat stat = data.stat();
    if (acls.stat().getCzxid() != stat.getCzxid()
        || acls.stat().getAversion() != stat.getAversion()
        || children.stat().getCzxid() != stat.getCzxid()
        || !mode.isOf(stat.getCzxid())) {
      return null;
    }
    List<String> names = children.names().stream().sorted().toList();
    return new ReadNode(
        new DumpedNode(path, data.bytes(), acls.entries(), mode.mode(), stat),
        stat.getEphemeralOwner() != 0,
        names);
  }

  private CompletableFuture<Optional<ReadNode>> result(String path, int attempts, Attempt attempt) {
    ReadNode read = attempt.read();
    Throwable failure = attempt.failure();
    if (read != null) {
      return isHidden(read.node().acl())
          ? failed(path + ": its ACL is hidden from these credentials; " + Failures.SUPER)
          : CompletableFuture.completedFuture(Optional.of(read));
    }
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    Code code = cause instanceof KeeperException e ? e.code() : Code.OK;
    if (code == Code.NONODE) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    if (attempts > 1 && (cause == null || code == Code.CONNECTIONLOSS)) {
      return read(path, attempts - 1);
    }
    return failed(
        cause == null ? path + " changes faster than it can be read" : Failures.text(path, cause));
  }

  private static boolean isHidden(List<ACL> acl) {
    return acl.stream()
        .map(ACL::getId)
        .anyMatch(id -> id.getScheme().equals("digest") && id.getId().endsWith(HIDDEN_DIGEST));
  }

  private static CompletableFuture<Optional<ReadNode>> failed(String line) {
    return CompletableFuture.failedFuture(new IOException(line));
  }
}
