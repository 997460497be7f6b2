package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.port.StoredNode;
import io.faaskeeper.processor.AclRules;
import io.faaskeeper.processor.EphemeralOwner;
import java.util.List;
import java.util.Objects;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.common.PathUtils;

/** What ZooKeeper's server answers to a read of a node: pure. */
final class ReadAnswers {
  private static final String DIGEST = "digest";

  private ReadAnswers() {}

  /** Whether a node can have this path: all others are absent, without a look. */
  static boolean canExist(String path) {
    try {
      PathUtils.validatePath(path);
      return true;
    } catch (IllegalArgumentException e) {
      return path.isEmpty();
    }
  }

  /** Where the node is stored: ZooKeeper knows the root by two names. */
  static String stored(String path) {
    return path.isEmpty() ? "/" : path;
  }

  /** The code that the request gets whatever is stored, or OK. */
  static Code refusal(ClientRequest.Read request) {
    return request instanceof ClientRequest.Exists exists && exists.path().indexOf('\0') >= 0
        ? Code.BADARGUMENTS
        : Code.OK;
  }

  /** Whether the node may be read: OK, NONODE or NOAUTH. */
  static Code code(ClientRequest.Read request, StoredNode node, List<Acl> identities) {
    if (node.meta().isEmpty()) {
      return Code.NONODE;
    }
    int perms = request instanceof ClientRequest.GetAcl ? Perms.READ | Perms.ADMIN : Perms.READ;
    return AclRules.permits(node.meta().get().acl(), perms, identities) ? Code.OK : Code.NOAUTH;
  }

  /** The body of an OK answer that needs nothing but the node. */
  static Reply.Body body(ClientRequest.Read request, StoredNode node, List<Acl> identities) {
    NodeMeta meta = node.meta().orElseThrow();
    NodeStat stat = EphemeralOwner.visible(meta.stat());
    if (request instanceof ClientRequest.Exists) {
      return new Reply.StatBody(stat);
    }
    if (request instanceof ClientRequest.GetData) {
      boolean none = meta.stat().dataLength() == NodeStat.NO_DATA;
      return new Reply.Data(none ? null : Objects.requireNonNull(node.data()), stat);
    }
    if (request instanceof ClientRequest.GetAcl) {
      return new Reply.AclBody(shown(meta.acl(), identities), stat);
    }
    throw new IllegalArgumentException("more than a node is needed for " + request);
  }

  private static List<Acl> shown(List<Acl> acl, List<Acl> identities) {
    if (AclRules.permits(acl, Perms.ADMIN, identities)) {
      return acl;
    }
    return acl.stream()
        .map(a -> a.scheme().equals(DIGEST) ? new Acl(a.perms(), DIGEST, masked(a.id())) : a)
        .toList();
  }

  private static String masked(String digestId) {
    int colon = digestId.indexOf(':');
    return colon < 0 ? digestId : digestId.substring(0, colon) + ":x";
  }

  /** Whether an answer with this code arms the watch that the request asks for. */
  static boolean arms(ClientRequest.Read request, Code code) {
    if (request instanceof ClientRequest.Exists exists) {
      return exists.watch() && (code == Code.OK || code == Code.NONODE);
    }
    return wantsWatch(request) && code == Code.OK;
  }

  static boolean wantsWatch(ClientRequest.Read request) {
    if (request instanceof ClientRequest.Exists exists) {
      return exists.watch();
    }
    if (request instanceof ClientRequest.GetData getData) {
      return getData.watch();
    }
    return request instanceof ClientRequest.GetChildren getChildren && getChildren.watch();
  }
}
