package io.faaskeeper.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One change of one znode, as logged: always the whole Stat after it, and of data and ACL what
 * changed.
 *
 * @param path the node
 * @param kind what happened to it
 * @param stat its Stat after the change; of a {@link Kind#DELETED} node, the last one before it
 * @param childSum its {@link NodeMeta#childSum} after the change
 * @param acl its ACL after the change (of a DELETED node, the last one). Of DATA and CHILDREN,
 *     which leave it as it is, it may be null: it is there if it does not let anyone read, since
 *     the event is then told only to some.
 * @param data its data, if {@code kind} is CREATED or DATA; else null. Not to be modified.
 */
public record NodeChange(
    String path,
    Kind kind,
    NodeStat stat,
    long childSum,
    @Nullable List<Acl> acl,
    byte @Nullable [] data) {
  /** What can happen to a znode. */
  public enum Kind {
    CREATED,
    DELETED,
    DATA,
    ACL,
    /** A child was created or deleted. */
    CHILDREN
  }

  public NodeChange {
    Objects.requireNonNull(stat);
    boolean needsAcl = kind == Kind.CREATED || kind == Kind.DELETED || kind == Kind.ACL;
    if (needsAcl && acl == null) {
      throw new IllegalArgumentException(kind + " of " + path + " without an ACL");
    }
    boolean needsData = kind == Kind.CREATED || kind == Kind.DATA;
    if (needsData != (data != null)) {
      throw new IllegalArgumentException(
          kind + " of " + path + (needsData ? " without" : " with") + " data");
    }
    if (acl != null) {
      acl = List.copyOf(acl);
    }
  }

  /** Whether the node exists after this change. */
  public boolean alive() {
    return kind != Kind.DELETED;
  }
}
