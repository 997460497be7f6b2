package io.faaskeeper.operations.tree;

import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.zookeeper.server.EphemeralType;

/**
 * Tells how a node lives: whether it is a container, or has a TTL. ZooKeeper's API keeps that from
 * its clients.
 */
interface Modes {
  /** All are persistent, as far as anyone can tell. */
  Modes UNKNOWN = path -> CompletableFuture.completedStage(new Mode(0, DumpedNode.Mode.PERSISTENT));

  /** The czxid of no incarnation. */
  long NOT_THERE = -1;

  /** The mode of a node, if there is one: else any. */
  CompletionStage<Mode> of(String path);

  /**
   * How an incarnation of a node lives.
   *
   * @param czxid of the incarnation; 0 if it is true of any
   */
  record Mode(long czxid, DumpedNode.Mode mode) {
    boolean isOf(long nodeCzxid) {
      return czxid == 0 || czxid == nodeCzxid;
    }
  }

  /** From user storage itself. */
  static Modes of(NodeStore nodes) {
    return path -> nodes.read(path, false).thenApply(Modes::mode);
  }

  private static Mode mode(StoredNode node) {
    NodeStat stat = node.meta().map(NodeMeta::stat).orElse(NodeStat.NONE);
    long owner = stat.ephemeralOwner();
    return new Mode(
        node.meta().isPresent() ? stat.czxid() : NOT_THERE,
        switch (EphemeralOwner.typeOf(owner)) {
          case CONTAINER -> DumpedNode.Mode.CONTAINER;
          case TTL -> DumpedNode.Mode.ttl(EphemeralType.TTL.getValue(owner));
          case VOID, NORMAL -> DumpedNode.Mode.PERSISTENT;
        });
  }
}
