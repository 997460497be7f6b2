package io.faaskeeper.zookeeper.gateway.monitor;

import java.nio.channels.SelectionKey;

/** A connection, as {@code cons} and {@code stat} list it. */
final class ConnectionLine {
  private ConnectionLine() {}

  /**
   * The line, without its end.
   *
   * @param brief without what is known of the session
   */
  static String of(MonitoredConnection connection, boolean brief) {
    ConnectionStats stats = connection.stats();
    StringBuilder line = new StringBuilder();
    line.append(' ').append(connection.remoteAddress());
    line.append('[').append(Integer.toHexString(interest(connection))).append(']');
    line.append("(queued=").append(connection.unanswered());
    line.append(",recved=").append(stats.packetsReceived());
    line.append(",sent=").append(stats.packetsSent());
    if (!brief && connection.sessionId() != 0) {
      session(line, connection, stats);
    }
    return line.append(')').toString();
  }

  /** Reading, and what can't be written at once, in the bits of a selector. */
  private static int interest(MonitoredConnection connection) {
    return (connection.reading() ? SelectionKey.OP_READ : 0)
        | (connection.backedUp() ? SelectionKey.OP_WRITE : 0);
  }

  private static void session(
      StringBuilder line, MonitoredConnection connection, ConnectionStats stats) {
    ConnectionStats.Operations operations = stats.operations();
    line.append(",sid=0x").append(Long.toHexString(connection.sessionId()));
    line.append(",lop=").append(operations.lastOperation());
    line.append(",est=").append(stats.establishedMillis());
    line.append(",to=").append(connection.timeoutMillis());
    if (operations.lastCxid() >= 0) {
      line.append(",lcxid=0x").append(Long.toHexString(operations.lastCxid()));
    }
    line.append(",lzxid=0x").append(Long.toHexString(operations.lastZxid()));
    line.append(",lresp=").append(operations.lastResponseMillis());
    line.append(",llat=").append(operations.lastLatency());
    line.append(",minlat=").append(operations.minLatency());
    line.append(",avglat=").append(operations.avgLatency());
    line.append(",maxlat=").append(operations.maxLatency());
  }
}
