package io.faaskeeper.simulation;

import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is stored after quiet with the log: all of it is there, and no other node. A
 * child's item that a late copy brought back is no violation while its node is gone: a listing
 * looks there.
 */
final class EndCheck {
  private final ServicePorts storage;
  private final LogTruth truth;

  EndCheck(ServicePorts storage, LogTruth truth) {
    this.storage = storage;
    this.truth = truth;
  }

  /** A violation is an AssertionError. */
  void check() {
    Watermark watermark = join(storage.watermarks().read());
    require(
        watermark.record() == truth.lastRecord() && watermark.zxid() == truth.last(),
        "the watermark stays at " + watermark + ", the log ends at " + truth.lastRecord());
    for (String path : truth.paths()) {
      LogTruth.State state = truth.at(path, truth.last());
      StoredNode node = join(storage.nodes().read(path, true));
      require(node.meta().isPresent() == state.alive(), path + " is " + node + ", not " + state);
      if (state.alive()) {
        require(
            node.meta().orElseThrow().stat().equals(state.stat())
                && (path.equals("/") || Arrays.equals(node.data(), state.data())),
            path + " is " + node + ", not " + state);
        require(
            state.stat().ephemeralOwner() <= 0, path + " is an ephemeral, and nobody's any more");
      }
      List<String> right = truth.children(path, truth.last());
      List<String> children = children(path);
      require(
          children.equals(right), "children of " + path + " are " + children + ", not " + right);
    }
  }

  private List<String> children(String path) {
    TreeSet<String> names = new TreeSet<>();
    @Nullable String after = null;
    do {
      var page = join(storage.children().list(path, after));
      for (ChildItem item : page.items()) {
        String child = path.equals("/") ? "/" + item.name() : path + "/" + item.name();
        if (item.current().alive() && join(storage.nodes().read(child, false)).meta().isPresent()) {
          names.add(item.name());
        }
      }
      after = page.next();
    } while (after != null);
    return List.copyOf(names);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("in the end " + what);
    }
  }
}
