package io.faaskeeper.processor;

import io.faaskeeper.model.NodeStat;
import org.apache.zookeeper.server.EphemeralType;

/**
 * What the {@code ephemeralOwner} of a stored Stat means. It holds a session, or ZooKeeper's
 * encoding of a container or a TTL. ZooKeeper's own {@link EphemeralType#get} answers by a system
 * property of the JVM; here TTLs are always understood.
 */
public final class EphemeralOwner {
  private static final long EXTENDED = 0xff00000000000000L;

  private EphemeralOwner() {}

  /** The kind of a node with this owner. */
  public static EphemeralType typeOf(long owner) {
    if (owner == 0) {
      return EphemeralType.VOID;
    }
    if (owner == EphemeralType.CONTAINER_EPHEMERAL_OWNER) {
      return EphemeralType.CONTAINER;
    }
    return (owner & EXTENDED) == EXTENDED ? EphemeralType.TTL : EphemeralType.NORMAL;
  }

  /** Whether a session may have this id: one that an owner can't mean something else by. */
  public static boolean isSessionId(long id) {
    return typeOf(id) == EphemeralType.NORMAL;
  }

  /** Whether a TTL is in ZooKeeper's range: 1 ms to about 34 years. */
  public static boolean isTtl(long ttlMillis) {
    return ttlMillis > 0 && ttlMillis <= EphemeralType.TTL.maxValue();
  }

  /**
   * The Stat as a client sees it: of owners it is told that of an ephemeral node alone, and no data
   * has the length of empty data.
   */
  public static NodeStat visible(NodeStat stat) {
    long owner = stat.ephemeralOwner();
    boolean ownerShown = owner == 0 || isSessionId(owner);
    if (ownerShown && stat.dataLength() != NodeStat.NO_DATA) {
      return stat;
    }
    return new NodeStat(
        stat.czxid(),
        stat.mzxid(),
        stat.ctime(),
        stat.mtime(),
        stat.version(),
        stat.cversion(),
        stat.aversion(),
        ownerShown ? owner : 0,
        Math.max(0, stat.dataLength()),
        stat.numChildren(),
        stat.pzxid());
  }

  /**
   * Whether the service may remove this node: an empty container that had a child, or an empty TTL
   * node that was not written for longer than its TTL. As ZooKeeper's container manager chooses.
   */
  public static boolean isDue(NodeStat stat, long nowMillis) {
    if (stat.numChildren() > 0) {
      return false;
    }
    return switch (typeOf(stat.ephemeralOwner())) {
      case CONTAINER -> stat.cversion() != 0;
      case TTL -> nowMillis - stat.mtime() > EphemeralType.TTL.getValue(stat.ephemeralOwner());
      case VOID, NORMAL -> false;
    };
  }
}
