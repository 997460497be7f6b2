package io.faaskeeper.service;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.server.EphemeralType;

/**
 * Finds the containers and TTL nodes that ZooKeeper's container manager would remove now, by the
 * owner index, whose hints it confirms and cleans. Holds nothing between calls.
 */
final class DueNodes {
  /** ZooKeeper, too, removes a bounded number at a time. */
  private static final int MAX_PER_RUN = 1_000;

  /** When a TTL node that has children is looked at again. */
  private static final long IN_USE_MILLIS = 60_000;

  private final OwnerIndex owners;
  private final NodeStore nodes;
  private final Clock clock;

  DueNodes(OwnerIndex owners, NodeStore nodes, Clock clock) {
    this.owners = owners;
    this.nodes = nodes;
    this.clock = clock;
  }

  /** The paths of nodes that are due. */
  CompletionStage<List<String>> find(Deadline deadline) {
    return find(OwnerChange.TTL, deadline)
        .thenCombine(
            find(OwnerChange.CONTAINERS, deadline),
            (ttl, containers) -> {
              List<String> all = new ArrayList<>(ttl);
              all.addAll(containers);
              return all;
            });
  }

  private CompletionStage<List<String>> find(String owner, Deadline deadline) {
    long now = clock.currentTimeMillis();
    return owners
        .list(owner, "", MAX_PER_RUN)
        .thenCompose(
            hints -> {
              List<CompletionStage<Optional<String>>> checks = new ArrayList<>();
              for (String hint : hints) {
                if (owner.equals(OwnerChange.CONTAINERS) || OwnerChange.number(hint) <= now) {
                  checks.add(check(owner, hint, now, deadline));
                }
              }
              return Async.all(checks)
                  .thenApply(
                      done ->
                          checks.stream()
                              .flatMap(c -> c.toCompletableFuture().join().stream())
                              .toList());
            });
  }

  private CompletionStage<Optional<String>> check(
      String owner, String hint, long now, Deadline deadline) {
    String path = OwnerChange.path(hint);
    return nodes
        .read(path, false)
        .thenCompose(
            stored -> {
              Optional<NodeStat> stat =
                  stored
                      .meta()
                      .map(NodeMeta::stat)
                      .filter(s -> s.czxid() == OwnerChange.czxid(hint));
              return owner.equals(OwnerChange.TTL)
                  ? ttl(hint, path, stat, now, deadline)
                  : container(hint, path, stat, deadline);
            });
  }

  private CompletionStage<Optional<String>> ttl(
      String hint, String path, Optional<NodeStat> stat, long now, Deadline deadline) {
    if (stat.isEmpty()) {
      return owners.remove(OwnerChange.TTL, hint, deadline).thenApply(done -> Optional.empty());
    }
    NodeStat s = stat.get();
    long due = s.mtime() + EphemeralType.TTL.getValue(s.ephemeralOwner());
    boolean inUse = s.numChildren() > 0;
    if (due >= now || inUse) {
      // A node in use goes behind those that may be due.
      long next = Math.max(due + 1, inUse ? now + IN_USE_MILLIS : 0);
      return owners
          .put(OwnerChange.TTL, OwnerChange.ttlEntry(next, s.czxid(), path), deadline)
          .thenCompose(done -> owners.remove(OwnerChange.TTL, hint, deadline))
          .thenApply(done -> Optional.empty());
    }
    return Async.done().thenApply(done -> Optional.of(path));
  }

  /**
   * A hint is of one moment at which the container was empty; each such moment gives another one.
   */
  private CompletionStage<Optional<String>> container(
      String hint, String path, Optional<NodeStat> stat, Deadline deadline) {
    if (stat.isEmpty()
        || stat.get().numChildren() > 0
        || stat.get().pzxid() != OwnerChange.number(hint)) {
      return owners
          .remove(OwnerChange.CONTAINERS, hint, deadline)
          .thenApply(done -> Optional.empty());
    }
    return Async.done().thenApply(done -> Optional.of(path));
  }
}
