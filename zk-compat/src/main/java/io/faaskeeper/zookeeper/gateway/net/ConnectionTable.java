package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.zookeeper.gateway.monitor.MonitoredConnection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connections of a gateway. Thread-safe. */
public final class ConnectionTable {
  private final ConnectionLimits limits;

  /** Guarded by this, both. */
  private final Set<ClientConnection> connections = new LinkedHashSet<>();

  private final Map<InetAddress, Integer> perHost = new HashMap<>();

  public ConnectionTable(ConnectionLimits limits) {
    this.limits = limits;
  }

  /** Adds a connection, or tells why it may not be. */
  synchronized Optional<String> add(ClientConnection connection, InetAddress host) {
    if (limits.total() > 0 && connections.size() >= limits.total()) {
      return Optional.of("Too many connections: max is " + limits.total());
    }
    if (limits.perHost() > 0 && perHost.getOrDefault(host, 0) >= limits.perHost()) {
      return Optional.of("Too many connections from " + host + " - max is " + limits.perHost());
    }
    connections.add(connection);
    perHost.merge(host, 1, Integer::sum);
    return Optional.empty();
  }

  synchronized void remove(ClientConnection connection, InetAddress host) {
    if (connections.remove(connection)) {
      perHost.compute(host, (h, count) -> count == null || count == 1 ? null : count - 1);
      notifyAll();
    }
  }

  /** Lets each connection answer what is under way and close. Waits for that, but not for long. */
  public void drain(Duration patience) throws InterruptedException {
    all().forEach(ClientConnection::drain);
    awaitNone(patience);
  }

  /** Drops all connections. */
  public void drop(Duration patience) throws InterruptedException {
    all().forEach(ClientConnection::drop);
    awaitNone(patience);
  }

  /** Drops the connections of a session; tells whether there was one. */
  public boolean drop(long sessionId) {
    List<ClientConnection> dropped =
        all().stream().filter(connection -> connection.sessionId() == sessionId).toList();
    dropped.forEach(ClientConnection::drop);
    return !dropped.isEmpty();
  }

  private synchronized void awaitNone(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (!connections.isEmpty() && left > 0) {
      wait(left);
      left = (deadline - System.nanoTime()) / 1_000_000L;
    }
  }

  synchronized Collection<ClientConnection> all() {
    return List.copyOf(connections);
  }

  /** All, at this moment. */
  public Collection<? extends MonitoredConnection> monitored() {
    return all();
  }
}
