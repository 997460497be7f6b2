package io.faaskeeper.aws;

import io.faaskeeper.port.ClientChannel;
import io.faaskeeper.port.Clock;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service's side of the client channel: one connection for each client process that was pushed
 * to of late, kept for the next push. A message goes out on the caller's thread if the connection
 * is there and has room, so that nothing is left to do when a function is frozen; else it waits, in
 * memory that is bounded, for the channel's own thread. Thread-safe.
 */
public final class TcpClientChannel implements ClientChannel, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TcpClientChannel.class);

  static final int MAX_CONNECTIONS = 1000;

  private final SelectorLoop loop;
  private final Clock clock;

  /** The one that was used last is last. */
  private final Map<TcpAddress, TcpConnection> connections = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Opens nothing yet.
   *
   * @param threads for one thread
   */
  public TcpClientChannel(Clock clock, ThreadFactory threads) {
    this.clock = clock;
    this.loop = new SelectorLoop(threads);
  }

  @Override
  public CompletionStage<Void> push(String address, byte[] message) {
    send(address, message);
    return CompletableFuture.completedStage(null);
  }

  /** A connection to nobody ends by itself. */
  @Override
  public CompletionStage<Void> remove(String address) {
    return CompletableFuture.completedStage(null);
  }

  private void send(String address, byte[] message) {
    Optional<TcpAddress> to = TcpAddress.parse(address);
    if (to.isEmpty() || message.length > Frames.MAX_BYTES) {
      LOG.debug("No push of {} bytes to {}", message.length, address);
      return;
    }
    ByteBuffer frame = Frames.frame(message);
    if (!connection(to.get()).send(frame)) {
      connection(to.get()).send(frame);
    }
  }

  /** The connection to an address; a new one if there is none that may still be of use. */
  private TcpConnection connection(TcpAddress address) {
    synchronized (connections) {
      TcpConnection known = connections.get(address);
      if (known != null && known.isUsable()) {
        return known;
      }
      if (known != null) {
        known.close();
      }
      TcpConnection opened = new TcpConnection(address, loop, clock);
      connections.put(address, opened);
      if (connections.size() > MAX_CONNECTIONS) {
        Iterator<TcpConnection> oldest = connections.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
      return opened;
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
