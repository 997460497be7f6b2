package io.faaskeeper.simulation;

import org.apache.zookeeper.Watcher.Event.EventType;

/**
 * What a simulated client does. It is told of its connections, one after the other; what it had
 * asked on one that is over happened once or never, and does not happen any more when the next one
 * is there. A violation of what the program means is an AssertionError, at once or in the end.
 */
interface Program {
  /**
   * A connection begins.
   *
   * @param newSession whether the session is another one than before
   */
  void connected(Line line, boolean newSession);

  /** The connection is over. */
  default void disconnected() {}

  default void event(EventType type, String path) {}

  /**
   * Whether it runs until the others have finished, and then is looked at, in its session, when
   * nothing has happened for a while.
   */
  default boolean isKeeper() {
    return false;
  }

  /** After all programs have finished, with all that ever happened. */
  default void check(LogTruth truth) {}
}
