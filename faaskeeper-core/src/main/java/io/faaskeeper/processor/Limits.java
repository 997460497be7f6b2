package io.faaskeeper.processor;

/**
 * What the processor refuses so that every change in the log can be stored. ZooKeeper knows one
 * bound of this kind, on the bytes of a packet.
 *
 * @param maxRequestBytes of the paths, data and ACLs of one request, all operations of a multi
 *     together. ZooKeeper drops the connection of who sends more; here the request is answered with
 *     {@code MARSHALLINGERROR}.
 * @param maxChangedNodes distinct nodes that one request may change, parents included; else {@code
 *     MARSHALLINGERROR}
 * @param maxChangeBytes of the paths, data and ACLs of all that one request changes, else {@code
 *     MARSHALLINGERROR}. It differs from the bytes of the request by what {@code auth} entries
 *     expand to, and the ACLs of deleted nodes.
 * @param maxPathBytes of a path in UTF-8; to create a longer one is answered with {@code
 *     BADARGUMENTS}
 * @param maxAclBytes of one node's ACL, encoded; a larger one is answered with {@code INVALIDACL}
 * @param ttlNodes whether nodes with a TTL can be created. A ZooKeeper server says {@code
 *     UNIMPLEMENTED} unless {@code zookeeper.extendedTypesEnabled} is set.
 */
public record Limits(
    int maxRequestBytes,
    int maxChangedNodes,
    int maxChangeBytes,
    int maxPathBytes,
    int maxAclBytes,
    boolean ttlNodes) {
  /** The default: ZooKeeper's {@code jute.maxbuffer}, and nodes with TTL. */
  public static final Limits DEFAULT =
      new Limits(0xfffff, 20_000, 4 << 20, 16 << 10, 64 << 10, true);

  public Limits {
    if (Math.min(maxRequestBytes, maxChangeBytes) < 1
        || Math.min(maxChangedNodes, maxPathBytes) < 2
        || maxAclBytes < 1) {
      throw new IllegalArgumentException("limits too small");
    }
  }

  /** These limits, with or without TTL nodes. */
  public Limits withTtlNodes(boolean enabled) {
    return new Limits(
        maxRequestBytes, maxChangedNodes, maxChangeBytes, maxPathBytes, maxAclBytes, enabled);
  }
}
