package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Request;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code getChildren}: reads the node, then its child items, and answers with those that were alive
 * at the view. If they do not give the sum that the node keeps, it is done again at the newest
 * watermark (a child item may have been swept meanwhile); if they still don't, the nodes of the
 * names found are looked at (a late copy of the distributor may have brought a swept item back, of
 * which the writer is told).
 */
final class ChildrenRead extends ReadOp {
  private static final Logger LOG = LoggerFactory.getLogger(ChildrenRead.class);
  private static final int MISMATCHES_MAX = 40;
  private static final int MISMATCH_DELAY_MAX_MILLIS = 100;
  private static final int NODE_READS_MAX = 32;

  /** So many are told of at once; the next listing finds the rest. */
  private static final int STRAYS_MAX = 100;

  private final ClientRequest.GetChildren request;
  private final Subscriptions nodes;
  private final ChildStore children;
  private final Frontier frontier;
  private final List<Acl> identities;
  private final Consumer<Request.Stray> strays;
  private final String path;

  private @Nullable StoredNode ahead;
  private int mismatches;

  ChildrenRead(
      RunQueue queue,
      ClientRequest.GetChildren request,
      Subscriptions nodes,
      ChildStore children,
      Frontier frontier,
      List<Acl> identities,
      Consumer<Request.Stray> strays) {
    super(queue);
    this.request = request;
    this.nodes = nodes;
    this.children = children;
    this.frontier = frontier;
    this.identities = identities;
    this.strays = strays;
    this.path = ReadAnswers.stored(request.path());
  }

  @Override
  void run(long view) {
    ahead = null;
    if (!ReadAnswers.canExist(request.path())) {
      answer(Code.NONODE);
      return;
    }
    then(
        () ->
            ReadAnswers.wantsWatch(request)
                ? nodes.readSubscribed(path, false)
                : nodes.read(path, false),
        node -> parent(node, view));
  }

  @Override
  void advanced(long view) {
    StoredNode node = ahead;
    if (node != null && node.touched() == view) {
      parent(node, view);
    } else {
      run(view);
    }
  }

  private void parent(StoredNode node, long view) {
    if (node.touched() > view) {
      ahead = node;
      behind(node.touched());
      return;
    }
    ahead = null;
    Code code = ReadAnswers.code(request, node, identities);
    if (code != Code.OK) {
      answer(code);
    } else if (node.meta().orElseThrow().stat().numChildren() == 0) {
      answer(node, List.of());
    } else {
      page(node, view, new AsOfListing(view), null);
    }
  }

  private void page(StoredNode node, long view, AsOfListing listing, @Nullable String after) {
    then(
        () -> children.list(path, after),
        page -> {
          page.items().forEach(listing::add);
          if (page.next() != null) {
            page(node, view, listing, page.next());
          } else if (listing.behind() > 0) {
            behind(listing.behind());
          } else if (listing.matches(node.meta().orElseThrow())) {
            answer(node, listing.names());
          } else {
            mismatch(node, view, listing);
          }
        });
  }

  private void mismatch(StoredNode node, long view, AsOfListing listing) {
    mismatches++;
    if (mismatches == 1) {
      again(view, 0);
    } else if (mismatches > MISMATCHES_MAX) {
      LOG.error("the children of {} do not give the sum that it keeps", path);
      fail("the children of " + path + " can't be settled");
    } else {
      new NodeCheck(node, view, listing).run();
    }
  }

  /** Once more, at the newest watermark, but not below {@code least}. */
  private void again(long view, long least) {
    frontier.look(
        () -> {
          long target = Math.max(frontier.watermark(), least);
          if (target > view) {
            behind(target);
          } else {
            later(mismatchDelayMillis(), () -> run(view));
          }
        },
        failure -> later(mismatchDelayMillis(), () -> run(view)));
  }

  private int mismatchDelayMillis() {
    return Math.min(1 << mismatches, MISMATCH_DELAY_MAX_MILLIS);
  }

  private String child(String name) {
    return path.equals("/") ? "/" + name : path + "/" + name;
  }

  private void answer(StoredNode node, List<String> names) {
    answer(
        Code.OK,
        new Reply.Children(names, EphemeralOwner.visible(node.meta().orElseThrow().stat())));
  }

  /** Looks at the nodes of the names found. */
  private final class NodeCheck {
    private final StoredNode parent;
    private final long view;
    private final AsOfListing listing;
    private final Deque<String> unread;
    private int reading;

    NodeCheck(StoredNode parent, long view, AsOfListing listing) {
      this.parent = parent;
      this.view = view;
      this.listing = listing;
      this.unread = new ArrayDeque<>(listing.names());
    }

    void run() {
      while (reading < NODE_READS_MAX && !unread.isEmpty()) {
        read(unread.remove());
      }
      if (reading == 0) {
        settle();
      }
    }

    private void read(String name) {
      reading++;
      then(
          () -> nodes.read(child(name), false),
          node -> {
            reading--;
            listing.correct(name, node);
            run();
          });
    }

    private void settle() {
      if (listing.behind() == 0 && listing.matches(parent.meta().orElseThrow())) {
        LOG.info("the children of {} were settled by their nodes", path);
        listing.strays().entrySet().stream()
            .limit(STRAYS_MAX)
            .forEach(s -> strays.accept(new Request.Stray(child(s.getKey()), s.getValue())));
        answer(parent, listing.names());
      } else {
        again(view, listing.behind());
      }
    }
  }
}
