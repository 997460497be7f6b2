package io.faaskeeper.aws;

import io.faaskeeper.port.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one client process, used in one direction:
 *
 * <table>
 *   <caption>Its life.</caption>
 *   <tr><th>state</th><th>send</th><th>next</th></tr>
 *   <tr><td>CONNECTING</td><td>waits</td><td>OPEN, CLOSED</td></tr>
 *   <tr><td>OPEN</td><td>goes out, or waits if the socket is full</td><td>CLOSED</td></tr>
 *   <tr><td>CLOSED</td><td>refused</td><td></td></tr>
 * </table>
 *
 * <p>Thread-safe; all state under its lock. The name is looked up on the loop's thread.
 */
final class TcpConnection implements SelectorLoop.Handler {
  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  private static final int MAX_WAITING_BYTES = 2 * Frames.MAX_BYTES;
  private static final Duration CONNECT = Duration.ofSeconds(3);

  private final TcpAddress address;
  private final SelectorLoop loop;
  private final Clock clock;
  private final long began;
  private final Queue<ByteBuffer> waiting = new ArrayDeque<>();
  private int waitingBytes;
  private State state = State.CONNECTING;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;

  private enum State {
    CONNECTING,
    OPEN,
    CLOSED
  }

  TcpConnection(TcpAddress address, SelectorLoop loop, Clock clock) {
    this.address = address;
    this.loop = loop;
    this.clock = clock;
    this.began = clock.nanoTime();
    loop.execute(this::connect);
  }

  /** Whether a message can be handed to it. One that takes too long to connect is given up. */
  synchronized boolean isUsable() {
    return state == State.OPEN
        || (state == State.CONNECTING && clock.nanoTime() - began < CONNECT.toNanos());
  }

  /**
   * Sends a frame, or lets it wait, or drops it because too much waits already.
   *
   * @return whether the connection was of use; if not, nothing of the frame was sent
   */
  synchronized boolean send(ByteBuffer frame) {
    if (state == State.CLOSED) {
      return false;
    }
    if (waitingBytes + frame.remaining() > MAX_WAITING_BYTES) {
      LOG.warn("{} takes nothing: a push to it is dropped", address);
      return true;
    }
    waiting.add(frame);
    waitingBytes += frame.remaining();
    if (state != State.OPEN || waiting.size() > 1) {
      return true;
    }
    try {
      checkOpen();
    } catch (IOException e) {
      LOG.debug("{} has gone", address, e);
      close();
      return false;
    }
    return writeOrClose();
  }

  /** A function that was frozen finds here that the client has closed the connection meanwhile. */
  private void checkOpen() throws IOException {
    if (channel == null || channel.read(ByteBuffer.allocate(1)) != 0) {
      throw new IOException("the other side has closed the connection");
    }
  }

  private boolean writeOrClose() {
    try {
      write();
    } catch (IOException e) {
      LOG.debug("A push to {} is lost", address, e);
      close();
    }
    return true;
  }

  /** Writes what fits; the loop goes on when there is room again. */
  private void write() throws IOException {
    if (channel == null || key == null) {
      return;
    }
    for (ByteBuffer frame = waiting.peek(); frame != null; frame = waiting.peek()) {
      int bytes = channel.write(frame);
      waitingBytes -= bytes;
      if (frame.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        loop.wakeUp();
        return;
      }
      waiting.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Outside the lock: a name may take long to look up. */
  private void connect() {
    connect(new InetSocketAddress(address.host(), address.port()));
  }

  private synchronized void connect(InetSocketAddress to) {
    if (state == State.CLOSED) {
      return;
    }
    try {
      if (to.isUnresolved()) {
        throw new IOException("no such host");
      }
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      opened.configureBlocking(false);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      boolean connected = opened.connect(to);
      key = loop.register(opened, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
      if (connected) {
        opened();
      }
    } catch (IOException e) {
      broken(e);
    }
  }

  private void opened() throws IOException {
    state = State.OPEN;
    write();
  }

  @Override
  public synchronized void ready(SelectionKey ready) throws IOException {
    if (state == State.CLOSED || channel == null) {
      return;
    }
    if (ready.isConnectable() && channel.finishConnect()) {
      opened();
      return;
    }
    if (ready.isReadable()) {
      checkOpen();
    }
    if (ready.isWritable()) {
      write();
    }
  }

  @Override
  public synchronized void broken(IOException cause) {
    LOG.debug("The connection to {} ends", address, cause);
    close();
  }

  synchronized void close() {
    state = State.CLOSED;
    waiting.clear();
    waitingBytes = 0;
    if (channel != null) {
      SelectorLoop.close(channel);
    }
  }
}
