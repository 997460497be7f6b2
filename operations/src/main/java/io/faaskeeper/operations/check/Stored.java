package io.faaskeeper.operations.check;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermark;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is stored, read in calls that wait. A failure of storage is a {@link
 * java.util.concurrent.CompletionException}. Thread-safe.
 */
final class Stored {
  private static final int PAGE = 500;

  private final DeploymentStorage storage;

  Stored(DeploymentStorage storage) {
    this.storage = storage;
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  Watermark watermark() {
    return join(storage.watermarks().read());
  }

  int slots() {
    return storage.log().slots();
  }

  TransactionLog.Slot record(long number) {
    return join(storage.log().read(number));
  }

  StoredNode node(String path, boolean withData) {
    return join(storage.nodes().read(path, withData));
  }

  Optional<SessionState> session(long id) {
    return join(storage.sessions().read(id));
  }

  Optional<ProcessRow> process(String name) {
    return join(storage.processes().read(name));
  }

  /** All children's items, page by page. */
  void children(String parent, Consumer<ChildItem> to) {
    @Nullable String after = null;
    do {
      ChildStore.Page page = join(storage.children().list(parent, after));
      page.items().forEach(to);
      after = page.next();
    } while (after != null);
  }

  /** All processes, page by page. */
  void processes(Consumer<ProcessRow> to) {
    String after = "";
    List<ProcessRow> page;
    do {
      page = join(storage.processes().list(after, PAGE));
      page.forEach(to);
      after = page.isEmpty() ? after : page.get(page.size() - 1).name();
    } while (page.size() == PAGE);
  }

  /** An owner's entries after some point, page by page, as long as they are wanted. */
  void entries(String owner, String from, Predicate<String> to) {
    String after = from;
    List<String> page;
    do {
      page = join(storage.owners().list(owner, after, PAGE));
      for (String entry : page) {
        if (!to.test(entry)) {
          return;
        }
        after = entry;
      }
    } while (page.size() == PAGE);
  }

  /** Whether an owner has an entry. */
  boolean hasEntry(String owner, String entry) {
    boolean[] found = new boolean[1];
    entries(
        owner,
        entry.substring(0, entry.offsetByCodePoints(entry.length(), -1)),
        candidate -> {
          found[0] = candidate.equals(entry);
          return !found[0] && candidate.startsWith(entry.substring(0, entry.length() - 1));
        });
    return found[0];
  }
}
