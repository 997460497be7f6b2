package io.faaskeeper.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;

/**
 * Counts a node and all below it, by listing each of them at one view, some at a time. Only the
 * first need be readable: if it is not, that is the answer. Its cost grows with the subtree; it
 * begins again when a node on the way turns out to be ahead of the view.
 */
final class SubtreeRead extends ReadOp {
  /** How many listings are under way at once. */
  private static final int LISTINGS_MAX = 32;

  /** Makes the answer of what was counted. */
  interface Body {
    /** Of so many nodes, with so many bytes of data in all. */
    Reply.Body of(int nodes, long bytes);
  }

  private final String path;
  private final Function<ClientRequest.GetChildren, ReadOp> first;
  private final Function<ClientRequest.GetChildren, ReadOp> others;
  private final Body counted;

  /**
   * @param first makes the listing of the node itself
   * @param others makes the listing of each node below
   */
  SubtreeRead(
      RunQueue queue,
      String path,
      Function<ClientRequest.GetChildren, ReadOp> first,
      Function<ClientRequest.GetChildren, ReadOp> others,
      Body counted) {
    super(queue);
    this.path = path;
    this.first = first;
    this.others = others;
    this.counted = counted;
  }

  @Override
  void run(long view) {
    new Walk(view).begin();
  }

  private final class Walk {
    private final long view;
    private final Deque<String> unlisted = new ArrayDeque<>();
    private int nodes;
    private long bytes;
    private int listing = 1;
    private boolean over;

    Walk(long view) {
      this.view = view;
    }

    void begin() {
      list(path, first);
    }

    private void list(String node, Function<ClientRequest.GetChildren, ReadOp> operation) {
      operation
          .apply(new ClientRequest.GetChildren(node, false))
          .start(
              view,
              new Outcome() {
                @Override
                public void answered(Code code, Reply.Body body) {
                  listed(node, code, body);
                }

                @Override
                public void behind(long zxid) {
                  end(() -> SubtreeRead.this.behind(zxid));
                }

                @Override
                public void failed(String reason) {
                  end(() -> fail(reason));
                }
              });
    }

    private void listed(String node, Code code, Reply.Body body) {
      listing--;
      if (body instanceof Reply.Children children) {
        nodes++;
        bytes += children.stat().dataLength();
        String prefix = node.endsWith("/") ? node : node + "/";
        children.names().forEach(name -> unlisted.add(prefix + name));
      } else if (node.equals(path)) {
        end(() -> answer(code));
      }
      listMore();
    }

    private void listMore() {
      over |= isCancelled();
      while (!over && listing < LISTINGS_MAX && !unlisted.isEmpty()) {
        listing++;
        list(unlisted.remove(), others);
      }
      if (listing == 0) {
        end(() -> answer(Code.OK, counted.of(nodes, bytes)));
      }
    }

    /** What other listings bring is of no interest any more. */
    private void end(Runnable how) {
      if (!over) {
        over = true;
        how.run();
      }
    }
  }
}
