package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Paths;
import io.faaskeeper.operations.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a tree into a dump: a node, then all that is below it, then its next sibling. Siblings are
 * read ahead. What it keeps is bounded by the names of the nodes beside those on one branch, and by
 * the data read ahead, some 100 MiB. Used by one thread.
 */
final class TreeWalk {
  private static final int MAX_AHEAD = 64;
  private static final long MAX_AHEAD_BYTES = 32 << 20;

  private final NodeReads reads;
  private final DumpWriter out;
  private final Progress progress;
  private final Deque<Siblings> branch = new ArrayDeque<>();
  private final AtomicLong aheadBytes = new AtomicLong();

  /** Those below one node that are not written yet. */
  private static final class Siblings {
    final String parent;
    final List<String> names;
    final Deque<CompletableFuture<Optional<ReadNode>>> ahead = new ArrayDeque<>();
    int asked;

    Siblings(String parent, List<String> names) {
      this.parent = parent;
      this.names = names;
    }
  }

  TreeWalk(NodeReads reads, DumpWriter out, Progress progress) {
    this.reads = reads;
    this.out = out;
    this.progress = progress;
  }

  /** Writes all from a node on; fails, in one line, if it does not exist. */
  void write(String root) throws IOException, InterruptedException {
    ReadNode first =
        Failures.await(reads.read(root)).orElseThrow(() -> new IOException("there is no " + root));
    if (first.ephemeral()) {
      throw new IOException(root + " is an ephemeral");
    }
    write(first);
    while (!branch.isEmpty()) {
      Siblings siblings = branch.peek();
      readAhead(siblings);
      CompletableFuture<Optional<ReadNode>> next = siblings.ahead.poll();
      if (next == null) {
        branch.pop();
      } else {
        Optional<ReadNode> node = Failures.await(next);
        aheadBytes.addAndGet(-bytes(node));
        if (node.isEmpty()) {
          out.vanished();
        } else if (node.get().ephemeral()) {
          out.ephemeral();
        } else {
          write(node.get());
        }
        progress.show(() -> "%,d nodes, %,d bytes".formatted(nodes(), out.counts().bytes()));
      }
    }
  }

  private long nodes() {
    return out.counts().nodes();
  }

  private void write(ReadNode node) throws IOException {
    String path = node.node().path();
    out.node(node.node());
    List<String> names =
        node.children().stream()
            .filter(name -> !Paths.child(path, name).equals(Paths.OWN))
            .toList();
    if (!names.isEmpty()) {
      branch.push(new Siblings(path, names));
    }
  }

  private void readAhead(Siblings siblings) {
    while (siblings.asked < siblings.names.size()
        && (siblings.ahead.isEmpty()
            || (siblings.ahead.size() < MAX_AHEAD && aheadBytes.get() < MAX_AHEAD_BYTES))) {
      String name = siblings.names.get(siblings.asked++);
      siblings.ahead.add(
          reads
              .read(Paths.child(siblings.parent, name))
              .whenComplete(
                  (node, failure) -> {
                    if (node != null) {
                      aheadBytes.addAndGet(bytes(node));
                    }
                  }));
    }
  }

  private static int bytes(Optional<ReadNode> node) {
    return node.map(read -> read.node().bytes()).orElse(0);
  }
}
