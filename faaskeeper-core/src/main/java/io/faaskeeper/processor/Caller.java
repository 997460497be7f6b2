package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.NodeMeta;
import java.util.List;
import java.util.Optional;

/**
 * Who asks, and when.
 *
 * @param identities what the credentials amount to
 */
record Caller(WriteContext ctx, List<Acl> identities, int maxAclBytes) {
  boolean isService() {
    return ctx.sessionId() == 0;
  }

  long sessionId() {
    return ctx.sessionId();
  }

  long timeMillis() {
    return ctx.timeMillis();
  }

  /** Whether the ACL of {@code node} forbids what {@code perm} stands for. */
  boolean isForbidden(NodeMeta node, int perm) {
    return !AclRules.permits(node.acl(), perm, identities);
  }

  /** The ACL to store when {@code acl} was asked for, or empty if it is invalid, or too large. */
  Optional<List<Acl>> fixUp(List<Acl> acl) {
    return AclRules.fixUp(acl, identities)
        .filter(fixed -> Codec.encodeAcl(fixed).length <= maxAclBytes);
  }
}
