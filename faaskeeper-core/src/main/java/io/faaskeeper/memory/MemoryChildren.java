package io.faaskeeper.memory;

import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map of children under each parent that has any. It is changed under the parent's entry
 * in the outer map, so that none is added to one that is being removed; listed without a lock. The
 * item of a child that is gone is forgotten after the time of the {@link Retention}.
 */
final class MemoryChildren implements ChildStore {
  private static final int ITEMS_PER_PAGE = 1000;

  private final Changes changes;
  private final Retention retention;
  private final ConcurrentHashMap<String, ConcurrentNavigableMap<String, ChildItem>> parents =
      new ConcurrentHashMap<>();

  MemoryChildren(Changes changes, Retention retention) {
    this.changes = changes;
    this.retention = retention;
  }

  @Override
  public CompletionStage<Void> apply(
      String parent,
      String name,
      ChildItem.Version current,
      ChildItem.@Nullable Version previous,
      Deadline deadline) {
    return changes.run(
        deadline,
        () -> {
          parents.compute(
              parent,
              (p, children) -> {
                ConcurrentNavigableMap<String, ChildItem> all =
                    children != null ? children : new ConcurrentSkipListMap<>(Utf8Order.COMPARATOR);
                ChildItem old = all.get(name);
                if (old == null) {
                  all.put(name, new ChildItem(name, current, previous));
                } else if (old.current().zxid() < current.zxid()) {
                  all.put(
                      name,
                      new ChildItem(name, current, previous != null ? previous : old.current()));
                }
                return all;
              });
          if (!current.alive()) {
            retention.later(() -> remove(parent, name, current));
          }
        });
  }

  @Override
  public CompletionStage<Void> remove(
      String parent, String name, ChildItem.Version current, Deadline deadline) {
    return changes.run(deadline, () -> remove(parent, name, current));
  }

  private void remove(String parent, String name, ChildItem.Version current) {
    parents.computeIfPresent(
        parent,
        (p, children) -> {
          ChildItem old = children.get(name);
          if (old != null && old.current().equals(current)) {
            children.remove(name);
          }
          return children.isEmpty() ? null : children;
        });
  }

  @Override
  public CompletionStage<Page> list(String parent, @Nullable String after) {
    ConcurrentNavigableMap<String, ChildItem> children = parents.get(parent);
    if (children == null) {
      return CompletableFuture.completedFuture(new Page(List.of(), null));
    }
    List<ChildItem> page = new ArrayList<>();
    for (ChildItem child : (after == null ? children : children.tailMap(after, false)).values()) {
      if (page.size() == ITEMS_PER_PAGE) {
        return CompletableFuture.completedFuture(
            new Page(page, page.get(ITEMS_PER_PAGE - 1).name()));
      }
      page.add(child);
    }
    return CompletableFuture.completedFuture(new Page(page, null));
  }
}
