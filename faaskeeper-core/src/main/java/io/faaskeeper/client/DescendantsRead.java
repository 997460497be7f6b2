package io.faaskeeper.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;

/**
 * {@code getAllChildrenNumber}: counts all nodes below one, by listing each of them at one view,
 * some at a time. Only the first need be readable. Its cost grows with the subtree; it begins again
 * when a node on the way turns out to be ahead of the view. As in ZooKeeper, the root counts itself
 * when it is asked for by its other name, the empty one.
 */
final class DescendantsRead extends ReadOp {
  /** How many listings are under way at once. */
  private static final int LISTINGS_MAX = 32;

  private final ClientRequest.GetAllChildrenNumber request;
  private final Function<ClientRequest.GetChildren, ReadOp> checked;
  private final Function<ClientRequest.GetChildren, ReadOp> unchecked;

  /**
   * @param checked makes the listing of a node that must be readable
   * @param unchecked makes the listing of any node
   */
  DescendantsRead(
      RunQueue queue,
      ClientRequest.GetAllChildrenNumber request,
      Function<ClientRequest.GetChildren, ReadOp> checked,
      Function<ClientRequest.GetChildren, ReadOp> unchecked) {
    super(queue);
    this.request = request;
    this.checked = checked;
    this.unchecked = unchecked;
  }

  @Override
  void run(long view) {
    new Walk(view).begin();
  }

  private final class Walk {
    private final long view;
    private final Deque<String> unlisted = new ArrayDeque<>();
    private int count = request.path().isEmpty() ? 1 : 0;
    private int listing = 1;
    private boolean over;

    Walk(long view) {
      this.view = view;
    }

    void begin() {
      list(request.path(), checked);
    }

    private void list(String path, Function<ClientRequest.GetChildren, ReadOp> listing) {
      listing
          .apply(new ClientRequest.GetChildren(path, false))
          .start(
              view,
              new Outcome() {
                @Override
                public void answered(Code code, Reply.Body body) {
                  listed(path, code, body);
                }

                @Override
                public void behind(long zxid) {
                  end(() -> DescendantsRead.this.behind(zxid));
                }

                @Override
                public void failed(String reason) {
                  end(() -> fail(reason));
                }
              });
    }

    private void listed(String path, Code code, Reply.Body body) {
      listing--;
      if (body instanceof Reply.Children children) {
        count += children.names().size();
        String prefix = path.endsWith("/") ? path : path + "/";
        children.names().forEach(name -> unlisted.add(prefix + name));
      } else if (path.equals(request.path())) {
        end(() -> answer(code));
      }
      listMore();
    }

    private void listMore() {
      while (!over && listing < LISTINGS_MAX && !unlisted.isEmpty()) {
        listing++;
        list(unlisted.remove(), unchecked);
      }
      if (listing == 0) {
        end(() -> answer(Code.OK, new Reply.Count(count)));
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
