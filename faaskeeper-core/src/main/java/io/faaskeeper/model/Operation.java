package io.faaskeeper.model;

import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks to be written. Paths are absolute (a chroot is already resolved) and not yet
 * validated: the processor answers a bad one as ZooKeeper does. Versions are ZooKeeper's: -1 means
 * any. Arrays are not to be modified.
 */
public sealed interface Operation {
  /** An operation that may be part of a {@link Multi}. */
  sealed interface Simple extends Operation {
    String path();
  }

  /**
   * Every form of create: create, create2, createContainer, createTTL.
   *
   * @param data null for no data, which ZooKeeper tells from empty data
   * @param ttlMillis the TTL for a mode with TTL; {@link #CONTAINER} makes a container in a
   *     sequential mode, for which ZooKeeper's protocol has a form, but no mode; else ignored
   */
  record Create(String path, byte @Nullable [] data, List<Acl> acl, CreateMode mode, long ttlMillis)
      implements Simple {
    /** A {@code ttlMillis} that can be no TTL. */
    public static final long CONTAINER = Long.MIN_VALUE;

    /** Whether it makes a container. */
    public boolean isContainer() {
      return mode.isContainer() || (ttlMillis == CONTAINER && !mode.isTTL());
    }

    public Create {
      acl = List.copyOf(acl);
    }
  }

  record Delete(String path, int version) implements Simple {}

  /**
   * Sets a node's data.
   *
   * @param data null for no data
   */
  record SetData(String path, byte @Nullable [] data, int version) implements Simple {}

  record Check(String path, int version) implements Simple {}

  record SetAcl(String path, List<Acl> acl, int version) implements Operation {
    public SetAcl {
      acl = List.copyOf(acl);
    }
  }

  /**
   * Removes the container or TTL node at {@code path} if it is (still) an empty container whose
   * cversion is above 0, or an empty TTL node whose time is over. From the heartbeat, as from
   * ZooKeeper's container manager; a client that sends it gets what ZooKeeper's server answers.
   */
  record DeleteContainer(String path) implements Operation {}

  /** All or nothing. */
  record Multi(List<Simple> operations) implements Operation {
    public Multi {
      operations = List.copyOf(operations);
    }
  }

  /**
   * Begins the session that the request names. The id is chosen by the process (at random, within
   * what ZooKeeper's ephemeralOwner can hold).
   */
  record CreateSession(int timeoutMillis) implements Operation {}

  /**
   * Moves the session to the process that sends this, under a new owner epoch.
   *
   * @param password the password that the session's creation was answered with
   * @param lastZxidSeen the last zxid that the client or the process knows of; one above the tail
   *     of the log is refused by dropping the connection. Whoever opened or attached the session
   *     must be known: an attach that comes late, or once more, does not take the session from who
   *     came after it, but gets {@code SESSIONMOVED} and the zxid that it did not know
   * @param token random; the last attach is recognised by it when it comes again
   */
  record AttachSession(byte[] password, int timeoutMillis, long lastZxidSeen, long token)
      implements Operation {}

  /** Ends the session and deletes its ephemerals. */
  record CloseSession() implements Operation {}
}
