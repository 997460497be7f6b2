package io.faaskeeper.client;

import org.apache.zookeeper.Watcher.Event.EventType;

/**
 * What a session tells its connection. Calls for one session come one after the other, on any
 * thread, in order with the completions of its replies: an event comes before every reply that
 * shows what it announces. They must not block.
 */
public interface SessionListener {
  /**
   * A watch fired. One call for a (path, type, zxid), however many watches of the session it fires.
   *
   * @param zxid of the change; -1 for an event that {@code SetWatches} raises
   */
  void watchEvent(long zxid, EventType type, String path);

  /**
   * The connection is over and nothing more comes; unanswered requests happened once or never. The
   * session may still live: attach it again, and learn of it.
   *
   * @param reason for a log line
   */
  void connectionEnded(String reason);
}
