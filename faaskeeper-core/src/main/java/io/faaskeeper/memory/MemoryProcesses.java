package io.faaskeeper.memory;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.ProcessRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A sorted map of rows, each with its secret. A row is replaced as a whole, by compare-and-set. */
final class MemoryProcesses implements ProcessRegistry {
  private final Changes changes;
  private final Consumer<String> onRemoval;
  private final ConcurrentSkipListMap<String, Entry> processes = new ConcurrentSkipListMap<>();

  /**
   * @param onRemoval told the name of each process that was removed
   */
  MemoryProcesses(Changes changes, Consumer<String> onRemoval) {
    this.changes = changes;
    this.onRemoval = onRemoval;
  }

  @Override
  public CompletionStage<Void> register(
      String name, byte[] channelSecret, int timeoutMillis, String address) {
    ProcessRow row = new ProcessRow(name, 0, timeoutMillis, address, false);
    return changes.run(
        Deadline.NONE, () -> processes.putIfAbsent(name, new Entry(row, channelSecret.clone())));
  }

  @Override
  public CompletionStage<OptionalLong> renew(String name, int timeoutMillis) {
    return changes.change(
        Deadline.NONE,
        () -> {
          ProcessRow now =
              change(
                  name,
                  row -> !row.fenced(),
                  row ->
                      new ProcessRow(name, row.counter() + 1, timeoutMillis, row.address(), false));
          return now == null || now.fenced()
              ? OptionalLong.empty()
              : OptionalLong.of(now.counter());
        });
  }

  @Override
  public CompletionStage<Optional<ProcessRow>> read(String name) {
    return CompletableFuture.completedFuture(
        Optional.ofNullable(processes.get(name)).map(Entry::row));
  }

  @Override
  public CompletionStage<Optional<byte[]>> channelSecret(String name) {
    return CompletableFuture.completedFuture(
        Optional.ofNullable(processes.get(name)).map(p -> p.secret.clone()));
  }

  @Override
  public CompletionStage<Optional<ProcessRow>> fence(String name, long counter, Deadline deadline) {
    return changes.change(
        deadline,
        () ->
            Optional.ofNullable(
                change(
                    name,
                    row -> row.counter() == counter,
                    row ->
                        new ProcessRow(name, counter, row.timeoutMillis(), row.address(), true))));
  }

  @Override
  public CompletionStage<Void> remove(String name, Deadline deadline) {
    return changes.run(
        deadline,
        () -> {
          if (processes.computeIfPresent(name, (n, p) -> p.row.fenced() ? null : p) == null) {
            onRemoval.accept(name);
          }
        });
  }

  @Override
  public CompletionStage<List<ProcessRow>> list(String after, int limit) {
    return CompletableFuture.completedFuture(
        processes.tailMap(after, false).values().stream().limit(limit).map(Entry::row).toList());
  }

  /** The row after it, or null if there is none. */
  private @Nullable ProcessRow change(
      String name, Predicate<ProcessRow> condition, UnaryOperator<ProcessRow> change) {
    Entry now =
        processes.computeIfPresent(
            name, (n, p) -> condition.test(p.row) ? new Entry(change.apply(p.row), p.secret) : p);
    return now == null ? null : now.row;
  }

  private record Entry(ProcessRow row, byte[] secret) {}
}
