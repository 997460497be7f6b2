package io.faaskeeper.aws;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections from anybody, and messages from them. What is no frame ends its connection, and
 * no other. Connections, and the memory of messages that are not complete, are bounded: above the
 * bound, that connection ends which has completed no message for the longest. Used on the loop's
 * thread only.
 */
final class TcpAcceptor implements SelectorLoop.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(TcpAcceptor.class);

  static final int MAX_CONNECTIONS = 256;
  private static final long ACCEPT_PAUSE_NANOS = 10_000_000L;

  static final int MAX_HELD_BYTES = 4 * Frames.MAX_BYTES;

  private final SelectorLoop loop;
  private final Consumer<byte[]> receiver;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

  /** Which has completed a message last is last. */
  private final Set<Connection> connections = new LinkedHashSet<>();

  private long heldBytes;
  private long malformed;
  private long unaccepted;

  TcpAcceptor(SelectorLoop loop, Consumer<byte[]> receiver) {
    this.loop = loop;
    this.receiver = receiver;
  }

  void accept(ServerSocketChannel server) {
    try {
      loop.register(server, SelectionKey.OP_ACCEPT, this);
    } catch (ClosedChannelException e) {
      LOG.debug("The endpoint was closed before it listened", e);
    }
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    SocketChannel accepted;
    try {
      accepted = ((ServerSocketChannel) key.channel()).accept();
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      // No descriptors are left, or the like: that passes, and who wants to connect tries again.
      tellOfUnaccepted(e);
      LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
      return;
    }
    if (accepted != null) {
      take(accepted);
    }
  }

  private void take(SocketChannel accepted) {
    Connection connection = new Connection(accepted);
    try {
      accepted.configureBlocking(false);
      loop.register(accepted, SelectionKey.OP_READ, connection);
    } catch (IOException e) {
      SelectorLoop.close(accepted);
      tellOfUnaccepted(e);
      return;
    }
    connections.add(connection);
    keepBounds();
  }

  private void tellOfUnaccepted(IOException cause) {
    unaccepted++;
    if (Long.bitCount(unaccepted) == 1) {
      LOG.warn(
          "a connection to the client channel could not be accepted ({} so far)",
          unaccepted,
          cause);
    }
  }

  @Override
  public void broken(IOException cause) {
    LOG.error("The client channel listens no more", cause);
  }

  private void keepBounds() {
    Iterator<Connection> longest = connections.iterator();
    while (connections.size() > MAX_CONNECTIONS || heldBytes > MAX_HELD_BYTES) {
      Connection connection = longest.next();
      if (connections.size() > MAX_CONNECTIONS || connection.frames.heldBytes() > 0) {
        longest.remove();
        heldBytes -= connection.frames.heldBytes();
        SelectorLoop.close(connection.channel);
      }
    }
  }

  /** The first one, the second, the fourth and so on: strangers do not fill the log. */
  private void tellOfMalformed(IOException cause) {
    malformed++;
    if (Long.bitCount(malformed) == 1) {
      LOG.warn(
          "a connection to the client channel brought no message and was closed ({} so far): {}",
          malformed,
          cause.getMessage());
    }
  }

  private void deliver(byte[] message) {
    try {
      receiver.accept(message);
    } catch (RuntimeException | Error e) {
      LOG.error("The receiver of a push failed", e);
    }
  }

  /** One connection and its unfinished message. */
  private final class Connection implements SelectorLoop.Handler {
    private final SocketChannel channel;
    private final Frames frames = new Frames();

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
      buffer.clear();
      if (channel.read(buffer) < 0) {
        throw new IOException("the other side has closed the connection");
      }
      int held = frames.heldBytes();
      try {
        frames.take(buffer.flip(), this::completed);
      } finally {
        heldBytes += frames.heldBytes() - held;
      }
      keepBounds();
    }

    private void completed(byte[] message) {
      connections.remove(this);
      connections.add(this);
      deliver(message);
    }

    @Override
    public void broken(IOException cause) {
      if (cause instanceof ProtocolException) {
        tellOfMalformed(cause);
      }
      LOG.debug("A connection of the client channel ends", cause);
      if (connections.remove(this)) {
        heldBytes -= frames.heldBytes();
      }
    }
  }
}
