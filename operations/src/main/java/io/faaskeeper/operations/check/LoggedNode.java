package io.faaskeeper.operations.check;

import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.operations.check.Finding.Kind;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.port.Watermark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How the log left a node.
 *
 * @param zxid its last change
 * @param alive whether it exists after it
 * @param dataZxid the last change of its data that is still logged, or 0
 * @param dataHash of that data
 */
record LoggedNode(
    long zxid, boolean alive, NodeStat stat, long childSum, long dataZxid, int dataHash) {
  static LoggedNode of(long zxid, NodeChange change) {
    boolean hasData = change.data() != null;
    return new LoggedNode(
        zxid,
        change.alive(),
        change.stat(),
        change.childSum(),
        hasData ? zxid : 0,
        hasData ? Arrays.hashCode(change.data()) : 0);
  }

  /** This one, of which an earlier change may still tell the data. */
  LoggedNode after(LoggedNode earlier) {
    return dataZxid != 0 || !alive
        ? this
        : new LoggedNode(zxid, alive, stat, childSum, earlier.dataZxid, earlier.dataHash);
  }

  /**
   * Looks whether this is what is stored. What is being changed is left to the walk of the tree.
   */
  Look look(Stored stored, String path, boolean withData) {
    Watermark watermark = stored.watermark();
    StoredNode node = stored.node(path, withData);
    if (node.touched() > watermark.zxid()) {
      return Look.of(List.of());
    }
    List<Finding> found = new ArrayList<>();
    boolean forgotten = node.touched() == 0 && !alive && node.meta().isEmpty();
    if (node.touched() < zxid && !forgotten) {
      found.add(
          new Finding(
              Kind.NODE,
              path,
              "was changed by " + zxid + " in the log, and by " + node.touched() + " in storage"));
    } else if (node.touched() == zxid) {
      compare(path, node, found);
    }
    if (withData
        && node.meta().isPresent()
        && dataZxid != 0
        && node.meta().get().stat().mzxid() == dataZxid
        && Arrays.hashCode(node.data() == null ? new byte[0] : node.data()) != dataHash) {
      found.add(new Finding(Kind.DATA, path, "has other data than " + dataZxid + " logged"));
    }
    return Look.of(found);
  }

  private void compare(String path, StoredNode node, List<Finding> found) {
    boolean same =
        node.meta().isPresent() == alive && node.meta().map(meta -> isThis(meta)).orElse(true);
    if (!same) {
      found.add(
          new Finding(
              Kind.NODE,
              path,
              "is "
                  + node.meta().map(NodeMeta::toString).orElse("gone")
                  + ", and logged as "
                  + (alive ? stat + " with child sum " + childSum : "deleted")));
    }
  }

  private boolean isThis(NodeMeta meta) {
    return meta.stat().equals(stat) && meta.childSum() == childSum;
  }
}
