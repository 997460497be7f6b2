package io.faaskeeper.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a process is told of one zxid. An event of a node says what happened to it, not which
 * watch it fires: that is decided where the watches are.
 *
 * @param index the place of the change among those of its zxid
 * @param kind what happened
 * @param path the node; of {@link Kind#SESSION_TAKEN} the id of the session, in decimal
 * @param acl the node's ACL, if it does not let anyone read: ZooKeeper tells the event only to
 *     those who may. Null if it does.
 */
public record MailboxEvent(int index, Kind kind, String path, @Nullable List<Acl> acl)
    implements Comparable<MailboxEvent> {
  /** The first four are ZooKeeper's event types. */
  public enum Kind {
    CREATED,
    DELETED,
    DATA_CHANGED,
    CHILDREN_CHANGED,
    /** A session of this process was attached elsewhere, or closed by somebody else. */
    SESSION_TAKEN
  }

  public MailboxEvent {
    if (acl != null) {
      acl = List.copyOf(acl);
    }
  }

  /** In the order in which they happened. */
  @Override
  public int compareTo(MailboxEvent o) {
    int byIndex = Integer.compare(index, o.index);
    if (byIndex != 0) {
      return byIndex;
    }
    int byKind = kind.compareTo(o.kind);
    return byKind != 0 ? byKind : path.compareTo(o.path);
  }
}
