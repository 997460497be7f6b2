package io.faaskeeper.client;

/** What a session's connection needs of its process. */
interface SessionHost {
  /** Whether the lease is kept: if not, nothing may be answered. */
  boolean isValid();

  /** The lease was found lost: ends all connections. */
  void lapse();

  /**
   * How far a view may move now: up to there everything is in user storage, and its events are
   * known.
   *
   * @param watching whether events matter
   */
  long horizon(boolean watching);

  /** Sees to it that the horizon reaches this zxid, and pumps the connection when it moves. */
  void await(SessionConnection connection, long zxid, boolean watching);

  /** The connection is over. */
  void ended(SessionConnection connection);

  /** The session was closed by its own request. */
  void closed(HeldSession session);
}
