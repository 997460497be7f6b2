package io.faaskeeper.service;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Request;
import io.faaskeeper.port.ChildItem;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.StoredNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Removes the items of children that listings found though their nodes are gone. What a node says
 * of an incarnation that is over it says for good, and just that incarnation's item is removed; so
 * it does no harm at any time, and whoever still needed the item reads again at a later view.
 */
final class Strays {
  private final NodeStore nodes;
  private final ChildStore children;

  Strays(NodeStore nodes, ChildStore children) {
    this.nodes = nodes;
    this.children = children;
  }

  CompletionStage<Void> remove(List<Item> items, Deadline deadline) {
    List<CompletionStage<?>> removals = new ArrayList<>();
    for (Item item : items) {
      if (item.request() instanceof Request.Stray stray) {
        removals.add(
            nodes
                .read(stray.path(), false)
                .thenCompose(node -> isOver(node, stray) ? remove(stray, deadline) : Async.done()));
      }
    }
    return Async.all(removals);
  }

  private static boolean isOver(StoredNode node, Request.Stray stray) {
    long czxid = node.meta().map(NodeMeta::stat).map(stat -> stat.czxid()).orElse(0L);
    return node.touched() > stray.czxid() && czxid != stray.czxid();
  }

  private CompletionStage<Void> remove(Request.Stray stray, Deadline deadline) {
    int slash = stray.path().lastIndexOf('/');
    return children.remove(
        slash == 0 ? "/" : stray.path().substring(0, slash),
        stray.path().substring(slash + 1),
        new ChildItem.Version(stray.czxid(), true),
        deadline);
  }
}
