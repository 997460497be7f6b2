package io.faaskeeper.operations.check;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.model.Subscription;
import io.faaskeeper.operations.Paths;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.processor.EphemeralOwner;
import io.faaskeeper.service.OwnerChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at one node, the items of its children, and who owns it. Used by one thread. */
final class NodeLook {
  private final Stored stored;
  private final TtlEntries ttl;
  private final Child child;
  private final boolean withData;
  private final List<Child> children = new ArrayList<>();
  private final List<Finding> found = new ArrayList<>();

  /**
   * A child as its parent's listing has it.
   *
   * @param czxid since when it is there
   */
  record Child(String path, long czxid) {}

  NodeLook(Stored stored, TtlEntries ttl, Child child, boolean withData) {
    this.stored = stored;
    this.ttl = ttl;
    this.child = child;
    this.withData = withData;
  }

  /** Its children, as the last look saw them. */
  List<Child> children() {
    return children;
  }

  Look look() {
    children.clear();
    found.clear();
    Watermark watermark = stored.watermark();
    StoredNode node = stored.node(child.path(), withData);
    if (node.touched() > watermark.zxid()) {
      return ahead(node);
    }
    long czxid = node.meta().map(meta -> meta.stat().czxid()).orElse(-1L);
    if (czxid != child.czxid() && !child.path().equals("/")) {
      checkItem(czxid);
    }
    node.meta().ifPresent(meta -> check(meta, node, watermark));
    return Look.of(found);
  }

  /** It is being changed; but nothing is changed before it is logged. */
  private Look ahead(StoredNode node) {
    long tail = new LogTail(stored).lastZxid();
    return node.touched() > tail
        ? Look.of(
            List.of(
                new Finding(
                    Kind.NODE,
                    child.path(),
                    "was touched by " + node.touched() + ", and the log ends at " + tail)))
        : Look.UNSETTLED;
  }

  /** The listing said otherwise; it may have moved since. */
  private void checkItem(long czxid) {
    String name = Paths.name(child.path());
    List<ChildItem> items = new ArrayList<>();
    stored.children(
        Paths.parent(child.path()),
        item -> {
          if (item.name().equals(name)) {
            items.add(item);
          }
        });
    long listed =
        items.stream()
            .map(ChildItem::current)
            .filter(ChildItem.Version::alive)
            .map(ChildItem.Version::zxid)
            .findFirst()
            .orElse(-1L);
    if (listed != czxid) {
      found.add(
          new Finding(
              Kind.CHILD_ITEM,
              child.path(),
              listed < 0
                  ? "exists since " + czxid + ", and is not listed"
                  : czxid < 0
                      ? "is listed since " + listed + ", and does not exist"
                      : "is listed since " + listed + ", and exists since " + czxid));
    }
  }

  private void check(NodeMeta meta, StoredNode node, Watermark watermark) {
    NodeStat stat = meta.stat();
    checkChildren(meta, watermark);
    if (Math.max(stat.mzxid(), stat.pzxid()) > node.touched() || stat.czxid() > stat.mzxid()) {
      add(Kind.NODE, "was touched by " + node.touched() + " and says " + stat);
    }
    byte[] data = node.data();
    if (withData && (data == null ? 0 : data.length) != Math.max(0, stat.dataLength())) {
      add(
          Kind.DATA,
          "has "
              + (data == null ? 0 : data.length)
              + " bytes, and says "
              + Math.max(0, stat.dataLength()));
    }
    checkOwner(stat);
    for (Subscription subscription : node.interested()) {
      if (stored.process(subscription.process()).isEmpty()) {
        add(
            Kind.LEFT_SUBSCRIPTION,
            "has a subscription of process " + subscription.process() + ", which is gone");
      }
    }
  }

  private void checkChildren(NodeMeta meta, Watermark watermark) {
    stored.children(
        child.path(),
        item -> {
          ChildItem.Version version = asOf(item, watermark.zxid());
          if (version.alive()) {
            children.add(new Child(Paths.child(child.path(), item.name()), version.zxid()));
          }
        });
    NodeStat stat = meta.stat();
    if (!agree(meta)) {
      leaveOut(meta);
    }
    int created = stat.cversion() + stat.numChildren();
    if ((created & 1) != 0 || (created >>> 1) < stat.numChildren() - fixedChildren()) {
      add(
          Kind.CVERSION,
          "has a cversion of " + stat.cversion() + " with " + stat.numChildren() + " children");
    }
  }

  private boolean agree(NodeMeta meta) {
    return meta.stat().numChildren() == children.size() && meta.childSum() == sum(children);
  }

  private static long sum(List<Child> of) {
    return of.stream().mapToLong(c -> NodeMeta.childHash(Paths.name(c.path()), c.czxid())).sum();
  }

  /** A late copy may have brought back items of children that are gone; a listing looks, too. */
  private void leaveOut(NodeMeta meta) {
    List<Child> all = List.copyOf(children);
    children.removeIf(c -> stored.node(c.path(), false).meta().isEmpty());
    if (agree(meta)) {
      for (Child gone : all) {
        if (!children.contains(gone)) {
          found.add(
              new Finding(
                  Kind.LEFT_CHILD_ITEM,
                  gone.path(),
                  "has an item of " + gone.czxid() + ", and is gone"));
        }
      }
      return;
    }
    children.clear();
    children.addAll(all);
    int counted = meta.stat().numChildren();
    if (counted != all.size()) {
      add(Kind.CHILD_COUNT, "counts " + counted + " children, and " + all.size() + " are listed");
    } else {
      add(Kind.CHILD_SUM, "has another sum than that of its listed children");
    }
  }

  /** Those that are there from the beginning, and were never created. */
  private int fixedChildren() {
    return child.path().equals("/") ? 1 : child.path().equals(Paths.OWN) ? 2 : 0;
  }

  private static ChildItem.Version asOf(ChildItem item, long zxid) {
    ChildItem.Version previous = item.previous();
    return item.current().zxid() <= zxid
        ? item.current()
        : previous == null ? new ChildItem.Version(0, false) : previous;
  }

  private void checkOwner(NodeStat stat) {
    switch (EphemeralOwner.typeOf(stat.ephemeralOwner())) {
      case NORMAL -> checkSession(stat);
      case CONTAINER -> {
        if (stat.numChildren() == 0 && stat.cversion() != 0) {
          checkEntry(
              OwnerChange.CONTAINERS,
              OwnerChange.containerEntry(stat.pzxid(), stat.czxid(), child.path()));
        }
      }
      case TTL -> {
        if (!ttl.has(stat.czxid(), child.path())) {
          add(Kind.OWNER_INDEX, "is not in the index of TTL nodes");
        }
      }
      case VOID -> {}
    }
  }

  private void checkSession(NodeStat stat) {
    long id = stat.ephemeralOwner();
    Optional<SessionState> session = stored.session(id);
    if (session.isEmpty() || session.get().status() == SessionState.Status.CLOSED) {
      add(
          Kind.EPHEMERAL,
          "belongs to "
              + SessionLook.name(id)
              + (session.isEmpty() ? ", of which there is none" : ", which is closed"));
    }
    checkEntry(
        OwnerChange.ephemeralsOf(id), OwnerChange.ephemeralEntry(stat.czxid(), child.path()));
  }

  private void checkEntry(String owner, String entry) {
    if (!stored.hasEntry(owner, entry)) {
      add(Kind.OWNER_INDEX, "is not in the index of " + owner);
    }
  }

  private void add(Kind kind, String text) {
    found.add(new Finding(kind, child.path(), text));
  }
}
