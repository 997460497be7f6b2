package io.faaskeeper.memory;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.OwnerIndex;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;

/** One sorted set of (owner, entry). */
final class MemoryOwners implements OwnerIndex {
  private final Changes changes;
  private final ConcurrentSkipListSet<Owned> index =
      new ConcurrentSkipListSet<>(
          Comparator.comparing(Owned::owner).thenComparing(Owned::entry, Utf8Order.COMPARATOR));

  MemoryOwners(Changes changes) {
    this.changes = changes;
  }

  @Override
  public CompletionStage<Void> put(String owner, String entry, Deadline deadline) {
    return changes.run(deadline, () -> index.add(new Owned(owner, entry)));
  }

  @Override
  public CompletionStage<Void> remove(String owner, String entry, Deadline deadline) {
    return changes.run(deadline, () -> index.remove(new Owned(owner, entry)));
  }

  @Override
  public CompletionStage<List<String>> list(String owner, String after, int limit) {
    return CompletableFuture.completedFuture(
        index.tailSet(new Owned(owner, after), false).stream()
            .takeWhile(o -> o.owner.equals(owner))
            .limit(limit)
            .map(Owned::entry)
            .toList());
  }

  private record Owned(String owner, String entry) {}
}
