package io.faaskeeper.operations.check;

/**
 * Something that does not agree.
 *
 * @param kind what kind of thing
 * @param subject which one: a path, a session, a process, a record
 * @param text what is wrong with it
 */
record Finding(Kind kind, String subject, String text) {
  /** What can be wrong. */
  enum Kind {
    /** The watermark is not where the log has a record. */
    WATERMARK,
    /** A record of the ring is missing, or does not follow the one before. */
    LOG,
    /** A node is not as the log left it, or contradicts itself. */
    NODE,
    /** A node's data is not what the node says, or what was logged. */
    DATA,
    /** A child's item and the child do not say the same. */
    CHILD_ITEM,
    /** The parent's sum over its children is another one. */
    CHILD_SUM,
    /** The parent counts another number of children. */
    CHILD_COUNT,
    /** The parent's cversion can't be that of these children. */
    CVERSION,
    /** An ephemeral belongs to no session that is open. */
    EPHEMERAL,
    /** The owner index lacks an entry: what belongs there would never be found. */
    OWNER_INDEX,
    /** A session is not as the log left it. */
    SESSION,
    /** A session's process has no row: nobody would see it die. */
    PROCESS,
    /** The heartbeat is off, and there is somebody to look after. */
    HEARTBEAT,
    /** The item of a child that is gone, by a late copy. Does no harm: the parent tells. */
    LEFT_CHILD_ITEM,
    /** An entry of the owner index without what it is of. Does no harm. */
    LEFT_INDEX_ENTRY,
    /** A subscription of a process that is gone. Does no harm: the next event drops it. */
    LEFT_SUBSCRIPTION;

    /** Whether it is damage, or only left over. */
    boolean isDamage() {
      return this != LEFT_CHILD_ITEM && this != LEFT_INDEX_ENTRY && this != LEFT_SUBSCRIPTION;
    }
  }

  @Override
  public String toString() {
    return kind + " " + subject + ": " + text;
  }
}
