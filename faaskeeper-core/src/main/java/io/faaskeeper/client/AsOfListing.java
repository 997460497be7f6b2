package io.faaskeeper.client;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.StoredNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node as of a view, gathered from their items: each tells by its last two
 * versions whether the child was there. Whether they are all is told by the sum that the parent
 * keeps over them. Not thread-safe.
 */
final class AsOfListing {
  private final long view;

  /** Name to czxid. */
  private final Map<String, Long> alive = new HashMap<>();

  /** Name to the czxid of an item whose node is gone. */
  private final Map<String, Long> strays = new LinkedHashMap<>();

  private long sum;
  private long behind;

  AsOfListing(long view) {
    this.view = view;
  }

  void add(ChildItem item) {
    ChildItem.Version version = asOfView(item);
    if (version == null) {
      behind = Math.max(behind, item.current().zxid());
    } else if (version.alive()) {
      put(item.name(), version.zxid());
    }
  }

  /** Null if both versions are later, and so the one before them is not known. */
  private ChildItem.@Nullable Version asOfView(ChildItem item) {
    if (item.current().zxid() <= view) {
      return item.current();
    }
    ChildItem.Version previous = item.previous();
    if (previous == null) {
      return new ChildItem.Version(0, false);
    }
    return previous.zxid() <= view ? previous : null;
  }

  /**
   * Sets a child right by its own node, whose tombstone lives longer than the item that a late put
   * may have brought back.
   */
  void correct(String name, StoredNode node) {
    boolean isThere = node.meta().isPresent();
    // Of the nodes of an empty tree it is 0.
    long czxid = node.meta().map(NodeMeta::stat).map(stat -> stat.czxid()).orElse(0L);
    if (node.touched() <= view) {
      Long listed = alive.get(name);
      if (listed != null && !(isThere && listed == czxid)) {
        strays.put(name, listed);
      }
      remove(name);
      if (isThere) {
        put(name, czxid);
      }
    } else if (!isThere || czxid > view) {
      behind = Math.max(behind, node.touched());
    } else {
      remove(name);
      put(name, czxid);
    }
  }

  private void put(String name, long czxid) {
    alive.put(name, czxid);
    sum += NodeMeta.childHash(name, czxid);
  }

  private void remove(String name) {
    Long czxid = alive.remove(name);
    if (czxid != null) {
      sum -= NodeMeta.childHash(name, czxid);
    }
  }

  /** The zxid up to which the view must advance before this can be known, or 0. */
  long behind() {
    return behind;
  }

  /** Whether these are the children that the parent counts. */
  boolean matches(NodeMeta parent) {
    return sum == parent.childSum() && alive.size() == parent.stat().numChildren();
  }

  /** What {@link #correct} found listed that was gone before the view: name to czxid. */
  Map<String, Long> strays() {
    return strays;
  }

  List<String> names() {
    return new ArrayList<>(alive.keySet());
  }
}
