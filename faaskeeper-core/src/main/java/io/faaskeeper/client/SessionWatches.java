package io.faaskeeper.client;

import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.processor.AclRules;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Perms;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watches of a connection: those armed, those that requests on their way may arm, and the way
 * of events to the listener. To be used in tasks of the run queue.
 */
final class SessionWatches implements WatchArming.Session {
  private static final Logger LOG = LoggerFactory.getLogger(SessionWatches.class);

  private final MailboxReader mailbox;
  private final Subscriptions subscriptions;
  private final ConnectionIdentity identity;
  private final WatchTable armed = new WatchTable();
  private int arming;
  private @Nullable SessionListener listener;

  SessionWatches(MailboxReader mailbox, Subscriptions subscriptions, ConnectionIdentity identity) {
    this.mailbox = mailbox;
    this.subscriptions = subscriptions;
    this.identity = identity;
  }

  void listen(SessionListener newListener) {
    listener = newListener;
  }

  @Nullable SessionListener listener() {
    return listener;
  }

  /** Whether a watch is armed. */
  boolean any() {
    return !armed.isEmpty();
  }

  /** Whether a watch is armed, or may be by what runs. */
  boolean anyOrArming() {
    return any() || arming > 0;
  }

  @Override
  public WatchTable watches() {
    return armed;
  }

  @Override
  public long known() {
    return mailbox.known();
  }

  /** Hands over the events with zxids in ({@code after}, {@code upTo}]. */
  void tell(long after, long upTo) {
    if (armed.isEmpty()) {
      return;
    }
    for (Map.Entry<Long, SortedSet<MailboxEvent>> item : mailbox.between(after, upTo).entrySet()) {
      for (MailboxEvent event : item.getValue()) {
        if (armed.fire(event.kind(), event.path()) && mayKnow(event)) {
          raise(item.getKey(), WatchTable.type(event.kind()), event.path());
        }
      }
    }
  }

  /** As in ZooKeeper, who may not read a node is not told of it, though the watch is gone. */
  private boolean mayKnow(MailboxEvent event) {
    return event.acl() == null || AclRules.permits(event.acl(), Perms.READ, identity.identities());
  }

  @Override
  public void raise(EventType type, String path) {
    raise(-1, type, path);
  }

  private void raise(long zxid, EventType type, String path) {
    if (listener == null) {
      return;
    }
    try {
      listener.watchEvent(zxid, type, path);
    } catch (RuntimeException e) {
      LOG.error("a listener failed at an event", e);
    }
  }

  /** The watch that a read may arm is on its way, unless it was before. */
  void begin(Turn turn, ClientRequest.Read read) {
    if (turn.arming.isEmpty()
        && ReadAnswers.wantsWatch(read)
        && ReadAnswers.canExist(read.path())) {
      begin(turn, List.of(ReadAnswers.stored(read.path())), List.of());
    }
  }

  /** The watches that this request arms are on their way. */
  void begin(Turn turn, List<String> paths, List<String> subtrees) {
    turn.arming = paths;
    turn.armingSubtrees = subtrees;
    arming += paths.size() + subtrees.size();
    paths.forEach(subscriptions::arm);
    subtrees.forEach(subscriptions.recursive()::arm);
  }

  /** The request is answered: arms the watch of a read. */
  void arm(Turn turn) {
    if (turn.request instanceof ClientRequest.Read read && ReadAnswers.arms(read, turn.code)) {
      if (read instanceof ClientRequest.GetChildren) {
        armed.armChild(read.path());
      } else {
        armed.armData(read.path());
      }
    }
    end(turn);
  }

  /** The request arms nothing any more. */
  void end(Turn turn) {
    arming -= turn.arming.size() + turn.armingSubtrees.size();
    turn.arming.forEach(subscriptions::disarm);
    turn.armingSubtrees.forEach(subscriptions.recursive()::disarm);
    turn.arming = List.of();
    turn.armingSubtrees = List.of();
  }

  /** {@code removeWatches} and {@code checkWatches}. */
  Code remove(ClientRequest.RemoveWatches request) {
    boolean there =
        request.checkOnly()
            ? armed.contains(request.path(), request.type())
            : armed.remove(request.path(), request.type());
    return there ? Code.OK : Code.NOWATCHER;
  }
}
