package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Paths;
import io.faaskeeper.operations.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dump to its end and looks what of it is in a tree already. Below what is absent nothing
 * is looked for. Used by one thread.
 */
final class RestorePlan {
  private static final int BATCH = 64;

  private final ZooKeeper zooKeeper;
  private final Progress progress;
  private final SequenceCounters counters = new SequenceCounters();
  private long nodes;
  private long bytes;
  private long existing;
  private @Nullable String firstExisting;
  private @Nullable String absent;

  RestorePlan(ZooKeeper zooKeeper, Progress progress) {
    this.zooKeeper = zooKeeper;
    this.progress = progress;
  }

  /** Looks at all nodes from one on; fails, in one line, if the dump does not hold it. */
  void read(DumpReader dump, String root) throws IOException, InterruptedException {
    Map<String, CompletableFuture<Boolean>> batch = new LinkedHashMap<>();
    DumpedNode node = dump.next();
    while (node != null) {
      if (Paths.isIn(node.path(), root) && !Restoring.isPlainRoot(node)) {
        nodes++;
        bytes += node.bytes();
        counters.add(node.path());
        if (absent == null || !Paths.isIn(node.path(), absent)) {
          batch.put(node.path(), exists(node.path()));
        }
        if (batch.size() == BATCH) {
          settle(batch);
        }
        progress.show(() -> "looking: %,d nodes".formatted(nodes));
      } else if (node.path().equals(root)) {
        counters.add(root);
      }
      node = dump.next();
    }
    settle(batch);
    counters.end();
    if (nodes == 0 && !Paths.isIn(root, dump.header().path())) {
      throw new IOException("the dump has no " + root + ": it begins with " + dump.header().path());
    }
  }

  private CompletableFuture<Boolean> exists(String path) {
    CompletableFuture<Boolean> exists = new CompletableFuture<>();
    zooKeeper.exists(
        path,
        false,
        (rc, p, c, stat) -> {
          Code code = Code.get(rc);
          if (code == Code.OK) {
            exists.complete(!path.equals("/") || isUsed(stat));
          } else if (code == Code.NONODE) {
            exists.complete(false);
          } else {
            exists.completeExceptionally(
                new IOException(Failures.text(path, KeeperException.create(code))));
          }
        },
        null);
    return exists;
  }

  /** The root of every tree is there from the beginning. */
  private static boolean isUsed(Stat root) {
    return root.getVersion() > 0 || root.getAversion() > 0;
  }

  private void settle(Map<String, CompletableFuture<Boolean>> batch)
      throws IOException, InterruptedException {
    for (Map.Entry<String, CompletableFuture<Boolean>> looked : batch.entrySet()) {
      String path = looked.getKey();
      if (Failures.await(looked.getValue())) {
        existing++;
        if (firstExisting == null) {
          firstExisting = path;
        }
      } else if (!path.equals("/")) {
        absent = path;
      }
    }
    batch.clear();
  }

  long nodes() {
    return nodes;
  }

  long bytes() {
    return bytes;
  }

  long existing() {
    return existing;
  }

  /** One that exists, or null if none does. */
  @Nullable String firstExisting() {
    return firstExisting;
  }

  /** What will be different for sequential nodes, a line each. */
  List<String> warnings() {
    return counters.warnings();
  }
}
