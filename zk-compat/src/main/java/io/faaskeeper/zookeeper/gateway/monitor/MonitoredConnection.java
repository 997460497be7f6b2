package io.faaskeeper.zookeeper.gateway.monitor;

import java.net.SocketAddress;

/** A connection as the monitoring sees it. Thread-safe. */
public interface MonitoredConnection {
  SocketAddress remoteAddress();

  ConnectionStats stats();

  /** The session, or 0. */
  long sessionId();

  /** The session's timeout, or 0. */
  int timeoutMillis();

  /** Requests that have no answer yet. */
  int unanswered();

  /** Whether requests are being taken now. */
  boolean reading();

  /** Whether the client takes too little of what is sent to it. */
  boolean backedUp();
}
