package io.faaskeeper.memory;

import io.faaskeeper.model.Subscription;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The watermark as one reference that changes under a lock, the recursive watches as a set. */
final class MemoryWatermarks implements Watermarks {
  private final Changes changes;
  private volatile Watermark now = new Watermark(0, 0, 0, false);
  private final Set<RecursiveWatch> watches = ConcurrentHashMap.newKeySet();

  MemoryWatermarks(Changes changes) {
    this.changes = changes;
  }

  @Override
  public CompletionStage<Watermark> read() {
    return CompletableFuture.completedFuture(now);
  }

  @Override
  public CompletionStage<Advance> advance(
      Watermark expected, long record, long zxid, Deadline deadline) {
    return changes.change(deadline, () -> move(expected, record, zxid));
  }

  private synchronized Advance move(Watermark expected, long record, long zxid) {
    Watermark old = now;
    boolean done =
        old.record() == expected.record()
            && old.generation() == expected.generation()
            && (old.heartbeat() || !expected.heartbeat());
    if (done) {
      now = new Watermark(record, zxid, old.generation(), old.heartbeat());
    }
    return new Advance(done, now);
  }

  @Override
  public synchronized CompletionStage<Watermark> switchOn() {
    now = new Watermark(now.record(), now.zxid(), now.generation(), true);
    return CompletableFuture.completedFuture(now);
  }

  @Override
  public synchronized CompletionStage<Watermark> switchOff(Watermark seen) {
    if (now.record() == seen.record()) {
      now = new Watermark(now.record(), now.zxid(), now.generation(), false);
    }
    return CompletableFuture.completedFuture(now);
  }

  @Override
  public synchronized CompletionStage<Watermark> watchRecursively(
      String path, Subscription subscription) {
    watches.add(new RecursiveWatch(path, subscription));
    now = new Watermark(now.record(), now.zxid(), now.generation() + 1, now.heartbeat());
    return CompletableFuture.completedFuture(now);
  }

  @Override
  public CompletionStage<Void> unwatchRecursively(String path, Subscription subscription) {
    watches.remove(new RecursiveWatch(path, subscription));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<List<RecursiveWatch>> recursiveWatches() {
    return CompletableFuture.completedFuture(List.copyOf(watches));
  }
}
