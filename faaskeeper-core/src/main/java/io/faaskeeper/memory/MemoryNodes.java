package io.faaskeeper.memory;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.NodeUpdate;
import io.faaskeeper.port.StoredNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A map from paths to immutable items. A read takes no lock. Tombstones and placeholders are
 * forgotten when they were not written for the time of the {@link Retention}.
 */
final class MemoryNodes implements NodeStore {
  private final Changes changes;
  private final Retention retention;
  private final ConcurrentHashMap<String, StoredNode> items = new ConcurrentHashMap<>();

  MemoryNodes(Changes changes, Retention retention) {
    this.changes = changes;
    this.retention = retention;
  }

  @Override
  public CompletionStage<StoredNode> read(String path, boolean withData) {
    return CompletableFuture.completedFuture(
        answer(items.getOrDefault(path, StoredNode.ABSENT), withData));
  }

  @Override
  public CompletionStage<StoredNode> subscribe(
      String path, Subscription subscription, boolean withData) {
    return changes.change(
        Deadline.NONE,
        () -> {
          StoredNode stored =
              change(path, old -> interested(old, with(old.interested(), subscription)));
          return answer(stored, withData);
        });
  }

  @Override
  public CompletionStage<Void> unsubscribe(String path, Subscription subscription) {
    return changes.run(
        Deadline.NONE,
        () -> {
          StoredNode stored =
              items.computeIfPresent(
                  path,
                  (p, old) -> {
                    StoredNode left = interested(old, without(old.interested(), subscription));
                    return left.equals(StoredNode.ABSENT) ? null : left;
                  });
          if (stored != null) {
            forgetLater(path, stored);
          }
        });
  }

  @Override
  public CompletionStage<Applied> apply(NodeUpdate update, Deadline deadline) {
    return changes.change(
        deadline,
        () -> {
          StoredNode stored =
              change(
                  update.path(), old -> old.touched() < update.zxid() ? updated(old, update) : old);
          return new Applied(stored.interested(), 0);
        });
  }

  /** What an update replaces is gone at once: an item is read as a whole. */
  @Override
  public CompletionStage<Void> discard(String path, long replaced, Deadline deadline) {
    return CompletableFuture.completedStage(null);
  }

  private StoredNode change(String path, UnaryOperator<StoredNode> change) {
    StoredNode stored =
        items.compute(path, (p, old) -> change.apply(old == null ? StoredNode.ABSENT : old));
    forgetLater(path, stored);
    return stored;
  }

  /** Unless it is a node. */
  private void forgetLater(String path, StoredNode stored) {
    if (stored.meta().isEmpty()) {
      retention.later(() -> forget(path, stored));
    }
  }

  // An equal item that was written since is another: its time began anew.
  @SuppressWarnings("ReferenceEquality")
  private void forget(String path, StoredNode stored) {
    items.computeIfPresent(path, (p, last) -> last == stored ? null : last);
  }

  private static StoredNode updated(StoredNode old, NodeUpdate update) {
    if (!update.alive()) {
      return StoredNode.gone(update.zxid(), old.interested());
    }
    List<Acl> acl =
        update.acl() != null ? update.acl() : old.meta().map(NodeMeta::acl).orElse(null);
    byte[] data = update.data() != null ? update.data() : old.data();
    if (acl == null || data == null) {
      throw new IllegalArgumentException(
          update.path() + " has neither data nor ACL, and zxid " + update.zxid() + " brings none");
    }
    return new StoredNode(
        update.zxid(),
        Optional.of(new NodeMeta(update.stat(), acl, update.childSum())),
        data,
        old.interested());
  }

  private static StoredNode answer(StoredNode stored, boolean withData) {
    return withData || stored.data() == null
        ? stored
        : new StoredNode(stored.touched(), stored.meta(), null, stored.interested());
  }

  private static StoredNode interested(StoredNode node, Set<Subscription> interested) {
    return new StoredNode(node.touched(), node.meta(), node.data(), interested);
  }

  private static Set<Subscription> with(Set<Subscription> set, Subscription one) {
    Set<Subscription> more = new HashSet<>(set);
    more.add(one);
    return more;
  }

  private static Set<Subscription> without(Set<Subscription> set, Subscription one) {
    Set<Subscription> less = new HashSet<>(set);
    less.remove(one);
    return less;
  }
}
