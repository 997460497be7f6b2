package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.port.Clock;
import io.faaskeeper.zookeeper.gateway.monitor.ConnectionStats;
import io.faaskeeper.zookeeper.gateway.monitor.GatewayStats;
import io.faaskeeper.zookeeper.gateway.monitor.OperationNames;
import io.faaskeeper.zookeeper.protocol.Asked;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Counts what comes and goes on one connection, there and in the gateway's sums. Thread-safe. */
final class Traffic {
  private static final int PING_XID = -2;

  private final ConnectionStats connection;
  private final GatewayStats gateway;
  private final Clock clock;

  Traffic(GatewayStats gateway, Clock clock) {
    this.connection = new ConnectionStats(clock.currentTimeMillis());
    this.gateway = gateway;
    this.clock = clock;
  }

  ConnectionStats connection() {
    return connection;
  }

  void received(int bytes) {
    connection.received();
    gateway.received(bytes);
  }

  /** The answer to the request for a session goes out. */
  void connected(ByteBuffer frame, long view) {
    sent(frame);
    note(OperationNames.SESSION, null, view, 0);
  }

  /**
   * A packet goes out.
   *
   * @param asked what it answers, or null
   * @param view where the session is
   */
  void sending(ByteBuffer frame, @Nullable Asked asked, long view) {
    sent(frame);
    if (asked != null) {
      long nanos = clock.nanoTime() - asked.askedNanos();
      gateway.answered(asked.type(), nanos);
      note(OperationNames.of(asked.type()), asked.xid(), view, nanos);
    } else if (frame.getInt(frame.position()) == PING_XID) {
      note("PING", null, view, 0);
    }
  }

  private void sent(ByteBuffer frame) {
    connection.sent();
    gateway.sent(frame.remaining());
  }

  private void note(String operation, @Nullable Integer xid, long zxid, long nanos) {
    connection.answered(operation, xid, zxid, nanos / 1_000_000L, clock.currentTimeMillis());
  }
}
