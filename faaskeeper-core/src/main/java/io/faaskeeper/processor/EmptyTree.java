package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import java.util.List;

/**
 * The nodes of a ZooKeeper that nobody has written to, as a standalone server has them: older than
 * every transaction, so that their zxids and times are 0.
 */
public final class EmptyTree {
  private EmptyTree() {}

  /**
   * One {@link NodeChange.Kind#CREATED} for each node in its final state, parents first. A child's
   * share in its parent's child sum is that of its czxid, which is 0.
   */
  public static List<NodeChange> changes() {
    return List.of(
        node(ZnodePath.ROOT, Acl.OPEN, 0, List.of(ZnodePath.ZOOKEEPER)),
        node(ZnodePath.ZOOKEEPER, Acl.OPEN, 0, List.of(ZnodePath.QUOTA, ZnodePath.CONFIG)),
        node(ZnodePath.QUOTA, Acl.OPEN, 0, List.of()),
        node(ZnodePath.CONFIG, Acl.READ, -1, List.of()));
  }

  private static NodeChange node(String path, List<Acl> acl, int aversion, List<String> children) {
    int count = children.size();
    NodeStat stat = new NodeStat(0, 0, 0, 0, 0, -count, aversion, 0, 0, count, 0);
    long sum = children.stream().mapToLong(c -> NodeMeta.childHash(ZnodePath.name(c), 0)).sum();
    return new NodeChange(path, NodeChange.Kind.CREATED, stat, sum, acl, new byte[0]);
  }
}
