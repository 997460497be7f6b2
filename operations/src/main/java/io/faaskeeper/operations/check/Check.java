package io.faaskeeper.operations.check;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.check.NodeLook.Child;
import io.faaskeeper.port.ProcessRow;
import io.faaskeeper.service.OwnerChange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Checks a deployment: first the ring, then what it logged last, then the tree from the root, then
 * processes and their sessions. What it keeps is bounded by the changes in the ring, the names
 * beside those on one branch, and the paths of TTL nodes. Used by one thread; looks are made on
 * those of the executor.
 */
final class Check {
  private static final int MAX_LOOKS_AT_ONCE = 32;

  private final Stored stored;
  private final boolean withData;
  private final Judge judge;
  private final Executor executor;
  private final Progress progress;
  private final List<CompletableFuture<Void>> underWay = new ArrayList<>();
  private final LogCheck log;
  private long nodes;
  private long processes;
  private long sessions;

  Check(
      DeploymentStorage storage,
      boolean withData,
      Judge judge,
      Executor executor,
      Progress progress) {
    this.stored = new Stored(storage);
    this.withData = withData;
    this.judge = judge;
    this.executor = executor;
    this.progress = progress;
    this.log = new LogCheck(stored);
  }

  /**
   * Looks at everything.
   *
   * @throws CompletionException if storage can't be read
   */
  void run() {
    log.read(judge, () -> progress.show(() -> "the log: " + log.summary()));
    log.nodes().forEach((path, node) -> later(() -> node.look(stored, path, withData)));
    SessionLook session = new SessionLook(stored);
    log.sessions().forEach((id, logged) -> later(() -> session.look(id, logged)));
    settle();
    walk();
    stored.processes(row -> check(row, session));
    settle();
  }

  /** What was looked at. */
  String summary() {
    return "%s; %,d nodes, %,d processes, %,d sessions"
        .formatted(log.summary(), nodes, processes, sessions);
  }

  private void walk() {
    TtlEntries ttl = new TtlEntries(stored);
    Deque<Child> open = new ArrayDeque<>(List.of(new Child("/", 0)));
    while (!open.isEmpty()) {
      List<NodeLook> looks = new ArrayList<>();
      while (!open.isEmpty() && looks.size() < MAX_LOOKS_AT_ONCE) {
        NodeLook look = new NodeLook(stored, ttl, open.pop(), withData);
        looks.add(look);
        later(look::look);
      }
      settle();
      looks.forEach(look -> look.children().forEach(open::push));
      nodes += looks.size();
      progress.show(() -> "%,d nodes".formatted(nodes));
    }
  }

  private void check(ProcessRow row, SessionLook look) {
    processes++;
    stored.entries(
        OwnerChange.sessionsOf(row.name()),
        "",
        entry -> {
          sessions++;
          long id = OwnerChange.number(entry);
          later(() -> look.held(row.name(), entry).plus(look.look(id, null)));
          stored.entries(
              OwnerChange.ephemeralsOf(id),
              "",
              ephemeral -> {
                later(() -> look.ephemeral(id, ephemeral));
                return true;
              });
          progress.show(() -> "%,d processes, %,d sessions".formatted(processes, sessions));
          return true;
        });
  }

  private void later(Supplier<Look> look) {
    underWay.add(CompletableFuture.runAsync(() -> judge.judge(look), executor));
    if (underWay.size() >= 4 * MAX_LOOKS_AT_ONCE) {
      settle();
    }
  }

  private void settle() {
    underWay.forEach(CompletableFuture::join);
    underWay.clear();
  }
}
