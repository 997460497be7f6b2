package io.faaskeeper.operations.tree;

import java.util.List;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A node as a dump holds it.
 *
 * @param path its path, as its clients without a chroot see it
 * @param data its data; null if it was given none, which is not the same as empty data. Not to be
 *     modified.
 * @param acl its ACL, never empty
 * @param mode how it lives
 * @param stat what it was at the time of the dump, for information: a restored node begins its
 *     versions and times anew
 */
record DumpedNode(String path, byte @Nullable [] data, List<ACL> acl, Mode mode, Stat stat) {
  DumpedNode {
    acl = List.copyOf(acl);
  }

  /**
   * How a node lives.
   *
   * @param ttlMillis of a TTL node, else 0
   */
  record Mode(Kind kind, long ttlMillis) {
    static final Mode PERSISTENT = new Mode(Kind.PERSISTENT, 0);
    static final Mode CONTAINER = new Mode(Kind.CONTAINER, 0);

    static Mode ttl(long millis) {
      return new Mode(Kind.TTL, millis);
    }
  }

  /** The kinds of nodes that a dump holds. */
  enum Kind {
    PERSISTENT,
    CONTAINER,
    TTL
  }

  int bytes() {
    return data == null ? 0 : data.length;
  }
}
