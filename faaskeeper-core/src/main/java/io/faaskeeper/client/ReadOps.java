package io.faaskeeper.client;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Request;
import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.OwnerIndex;
import java.util.List;
import java.util.function.Consumer;
import org.apache.zookeeper.KeeperException.Code;

/** Makes the operation of each kind of request that is not logged. */
final class ReadOps {
  /** May read everything. */
  static final List<Acl> SUPER = List.of(new Acl(0, "super", ""));

  private final RunQueue queue;
  private final Subscriptions nodes;
  private final ChildStore children;
  private final OwnerIndex owners;
  private final Frontier frontier;
  private final Consumer<Request.Stray> strays;

  /**
   * @param strays told of child items that should not be there
   */
  ReadOps(
      RunQueue queue,
      Subscriptions nodes,
      ChildStore children,
      OwnerIndex owners,
      Frontier frontier,
      Consumer<Request.Stray> strays) {
    this.queue = queue;
    this.nodes = nodes;
    this.children = children;
    this.owners = owners;
    this.frontier = frontier;
    this.strays = strays;
  }

  /** The operation of a read or a multi-read. */
  ReadOp read(ClientRequest request, long sessionId, List<Acl> identities) {
    if (request instanceof ClientRequest.MultiRead multi) {
      return multiRead(multi, identities);
    }
    if (request instanceof ClientRequest.GetChildren read) {
      return new ChildrenRead(queue, read, nodes, children, frontier, identities, strays);
    }
    if (request instanceof ClientRequest.GetAllChildrenNumber read) {
      return descendants(read, identities);
    }
    if (request instanceof ClientRequest.GetEphemerals read) {
      return new EphemeralsRead(
          queue, read.path(), sessionId, owners, stats -> combined(stats, SUPER));
    }
    if (request instanceof ClientRequest.Read read) {
      NodeRead node = new NodeRead(queue, read, nodes, identities);
      return QuotaStatsRead.countedBy(read)
          .<ReadOp>map(top -> new QuotaStatsRead(queue, node, body -> subtree(top, SUPER, body)))
          .orElse(node);
    }
    throw new IllegalArgumentException("no read: " + request);
  }

  /**
   * As in ZooKeeper, the root counts itself when it is asked for by its other name, the empty one.
   */
  private ReadOp descendants(ClientRequest.GetAllChildrenNumber read, List<Acl> identities) {
    int itself = read.path().isEmpty() ? 0 : 1;
    return subtree(read.path(), identities, (nodes, bytes) -> new Reply.Count(nodes - itself));
  }

  /** Counts a subtree whose top must be readable. */
  private ReadOp subtree(String path, List<Acl> identities, SubtreeRead.Body body) {
    return new SubtreeRead(
        queue, path, top -> read(top, 0, identities), below -> read(below, 0, SUPER), body);
  }

  private ReadOp multiRead(ClientRequest.MultiRead multi, List<Acl> identities) {
    for (ClientRequest.Read read : multi.reads()) {
      boolean allowed =
          read instanceof ClientRequest.GetData || read instanceof ClientRequest.GetChildren;
      if (!allowed) {
        return InstantOp.of(queue, () -> Code.MARSHALLINGERROR);
      }
    }
    return combined(multi.reads().stream().map(ReadOps::withoutWatch).toList(), identities);
  }

  private static ClientRequest.Read withoutWatch(ClientRequest.Read read) {
    return read instanceof ClientRequest.GetData
        ? new ClientRequest.GetData(read.path(), false)
        : new ClientRequest.GetChildren(read.path(), false);
  }

  private ReadOp combined(List<ClientRequest.Read> reads, List<Acl> identities) {
    return new CombinedRead(
        queue,
        reads,
        read -> read(read, 0, identities),
        (view, parts) ->
            new Reply.Reads(
                parts.stream().map(part -> new Reply(view, part.code(), part.body())).toList()));
  }

  WatchArming arming(ClientRequest.SetWatches request, WatchArming.Session session) {
    return new WatchArming(queue, request, nodes, frontier, session);
  }

  /** A request that the session answers by itself. */
  ReadOp instant(ClientRequest request, SessionWatches watches, ConnectionIdentity identity) {
    if (request instanceof ClientRequest.RemoveWatches remove) {
      return InstantOp.of(queue, () -> watches.remove(remove));
    }
    if (request instanceof ClientRequest.AddAuth add) {
      return InstantOp.of(queue, () -> identity.add(add.credential()));
    }
    if (request instanceof ClientRequest.WhoAmI) {
      return new InstantOp(
          queue, () -> new CombinedRead.Part(Code.OK, new Reply.Identities(identity.shown())));
    }
    if (request instanceof ClientRequest.Reject reject) {
      Code code = Code.get(reject.code());
      return InstantOp.of(queue, () -> code == null ? Code.SYSTEMERROR : code);
    }
    if (request instanceof ClientRequest.Echo) {
      return InstantOp.of(queue, () -> Code.OK);
    }
    throw new IllegalArgumentException("unknown request " + request);
  }
}
