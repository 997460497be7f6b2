package io.faaskeeper.simulation;

import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.StoredNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what nobody needs any more, a day after the last client went: tombstones, items of
 * children that are gone, subscriptions, mailboxes, rows of sessions and processes, entries of the
 * owner index. Of a session or process that is gone, entries may be there that were true once: a
 * late copy of the distributor put them again, and nobody reads them any more.
 */
final class LeftoverCheck {
  private static final HexFormat HEX = HexFormat.of();
  private static final int LIMIT = 1_000;

  private final ServicePorts storage;
  private final LogTruth truth;

  LeftoverCheck(ServicePorts storage, LogTruth truth) {
    this.storage = storage;
    this.truth = truth;
  }

  /**
   * A violation is an AssertionError.
   *
   * @param beside what the storage itself knows that nobody needs
   */
  void check(List<String> beside) {
    require(beside, "beside log and nodes");
    for (String path : truth.paths()) {
      checkNode(path, truth.at(path, truth.last()).alive());
      List<String> right = truth.children(path, truth.last());
      List<String> items = items(path);
      require(
          items.equals(right), "the items of the children of " + path, items + ", not " + right);
    }
    require(join(storage.watermarks().recursiveWatches()), "recursive watches");
    require(join(storage.processes().list("", LIMIT)), "processes");
    Set<Long> sessions = new TreeSet<>();
    Map<String, Set<String>> held = new TreeMap<>();
    for (LogEntry entry : truth.entries()) {
      SessionState session = entry.session();
      if (session != null) {
        sessions.add(session.id());
        held.computeIfAbsent(session.process(), p -> new TreeSet<>())
            .add(HEX.toHexDigits(session.id()) + HEX.toHexDigits(session.epoch()));
      }
    }
    sessions.forEach(this::checkSession);
    held.forEach(this::checkProcess);
    require(owned("closing"), "closes on the way");
    checkHints("ttl");
    checkHints("containers");
  }

  private void checkNode(String path, boolean alive) {
    StoredNode node = join(storage.nodes().read(path, false));
    require(node.interested(), "subscriptions to " + path);
    require(alive || node.equals(StoredNode.ABSENT), "the tombstone of " + path, node);
  }

  private void checkSession(long id) {
    require(join(storage.sessions().read(id)).isEmpty(), "the row of session " + id, "");
    for (String hint : owned("s:" + HEX.toHexDigits(id))) {
      String path = hint.substring(hint.indexOf('/'));
      long czxid = HexFormat.fromHexDigitsToLong(hint, 0, hint.indexOf('/'));
      require(
          truth.at(path, czxid).stat().ephemeralOwner() == id, "ephemerals of session " + id, hint);
    }
  }

  private void checkProcess(String name, Set<String> held) {
    for (String hint : owned("p:" + name)) {
      require(held.contains(hint), "sessions of process " + name, hint);
    }
    require(
        join(storage.mailbox().read(name, 0, Long.MAX_VALUE)).entrySet(), "the mailbox of " + name);
  }

  /** An entry may stay for as long as its node does. */
  private void checkHints(String owner) {
    for (String hint : owned(owner)) {
      String path = hint.substring(hint.indexOf('/'));
      require(truth.at(path, truth.last()).alive(), owner, hint);
    }
  }

  private List<String> owned(String owner) {
    return join(storage.owners().list(owner, "", LIMIT));
  }

  private List<String> items(String path) {
    List<String> names = new ArrayList<>();
    @Nullable String after = null;
    do {
      var page = join(storage.children().list(path, after));
      page.items().stream().map(ChildItem::name).forEach(names::add);
      after = page.next();
    } while (after != null);
    return names.stream().sorted().toList();
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void require(Iterable<?> nothing, String what) {
    require(!nothing.iterator().hasNext(), what, nothing);
  }

  private static void require(boolean holds, String what, Object found) {
    if (!holds) {
      throw new AssertionError("left behind: " + what + ": " + found);
    }
  }
}
