package io.faaskeeper.model;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All that the service must know of a living znode to validate requests: everything but its data.
 *
 * @param stat its Stat
 * @param acl its ACL, as stored (fixed up, never empty)
 * @param childSum the 64-bit sum, with overflow, over its living children of {@link #childHash}
 */
public record NodeMeta(NodeStat stat, List<Acl> acl, long childSum) {
  public NodeMeta {
    acl = List.copyOf(acl);
  }

  /**
   * The share of one living child in its parent's {@code childSum}: a hash of name and czxid, the
   * same on every machine and in every version of this library.
   */
  public static long childHash(String name, long czxid) {
    long h = 0xcbf29ce484222325L;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    return mix(h + mix(czxid));
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long x) {
    long z = x + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
