package org.apache.zookeeper;

import io.faaskeeper.zookeeper.Transport;
import io.faaskeeper.zookeeper.protocol.FrameSink;
import io.faaskeeper.zookeeper.protocol.ProtocolSession;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.ClientCnxn.EndOfStreamException;
import org.apache.zookeeper.ClientCnxn.Packet;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.apache.zookeeper.proto.RequestHeader;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket of a {@code ZooKeeper} handle that leads to a FaaSKeeper deployment, without leaving
 * the JVM. It has to be in this package, beside ZooKeeper's own classes in one class loader,
 * because its superclass is not public; so it does no more than to park and unpark the handle's
 * send thread and to hand frames to a {@link Transport}.
 *
 * <p>Everything runs on the send thread, but for {@link #packetAdded}, {@link #onClosing}, {@link
 * #testableCloseSocket} and what a connection delivers: those wake it.
 */
@NullMarked
public final class ClientCnxnSocketFaasKeeper extends ClientCnxnSocket {
  /** As many requests as ZooKeeper's server takes before it lets clients wait. */
  private static final int UNANSWERED_LIMIT = 1_000;

  /** The length that precedes each frame of a packet. */
  private static final int LENGTH_BYTES = 4;

  private static final Logger log = LoggerFactory.getLogger(ClientCnxnSocketFaasKeeper.class);

  private final Transport transport;

  /** As of a socket: what is longer ends the connection. */
  private final int maxFrameBytes;

  private volatile @Nullable Connection connection;

  /** The send thread, when it is parked or about to be. */
  private volatile @Nullable Thread parked;

  /** Called by name, see {@code ZooKeeper.getClientCnxnSocket}. */
  ClientCnxnSocketFaasKeeper(ZKClientConfig clientConfig) throws IOException {
    this.clientConfig = clientConfig;
    initProperties();
    maxFrameBytes =
        clientConfig.getInt(
            ZKConfig.JUTE_MAXBUFFER, ZKClientConfig.CLIENT_MAX_PACKET_LENGTH_DEFAULT);
    try {
      transport = Transport.of(clientConfig);
    } catch (IOException e) {
      log.error(e.getMessage());
      throw e;
    }
    withoutSasl(clientConfig);
  }

  /**
   * SASL proves a client to the server that it is connected to, and looks that host up; here there
   * is neither.
   */
  private static void withoutSasl(ZKClientConfig config) {
    if (config.getProperty(ZKClientConfig.LOGIN_CONTEXT_NAME_KEY) != null) {
      log.warn("FaaSKeeper has no SASL: {} is ignored", ZKClientConfig.LOGIN_CONTEXT_NAME_KEY);
    }
    config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
  }

  @Override
  boolean isConnected() {
    return connection != null;
  }

  /**
   * Connects to the deployment, whatever the address. What an earlier connection delivers late goes
   * to its own object, where nobody looks any more.
   */
  @Override
  void connect(InetSocketAddress address) throws IOException {
    Connection fresh = new Connection(address);
    fresh.session = transport.connect(fresh);
    initialized = false;
    connection = fresh;
    updateNow();
    updateLastSendAndHeard();
    sendThread.primeConnection();
  }

  @Override
  void doTransport(int waitTimeOut, Queue<Packet> pendingQueue, ClientCnxn cnxn)
      throws IOException {
    Connection current = connection;
    if (current == null) {
      throw new EndOfStreamException("there is no connection");
    }
    awaitWork(current, waitTimeOut, pendingQueue, cnxn);
    updateNow();
    deliver(current);
    for (int i = 0; i < UNANSWERED_LIMIT && maySend(pendingQueue); i++) {
      send(current, outgoingQueue.remove(), pendingQueue, cnxn);
      deliver(current);
    }
  }

  /** Whoever adds work looks for the parked thread afterwards; so this looks for work once more. */
  private void awaitWork(
      Connection current, int waitTimeOut, Queue<Packet> pendingQueue, ClientCnxn cnxn) {
    parked = Thread.currentThread();
    try {
      if (!current.hasNews() && !maySend(pendingQueue) && cnxn.getState().isAlive()) {
        LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(waitTimeOut));
      }
    } finally {
      parked = null;
    }
  }

  /** Until the session is there, only the request for it, which is first, may be sent. */
  private boolean maySend(Queue<Packet> pendingQueue) {
    Packet first = outgoingQueue.peek();
    return first != null
        && (initialized ? pendingQueue.size() < UNANSWERED_LIMIT : first.requestHeader == null);
  }

  private void send(
      Connection current, Packet packet, Queue<Packet> pendingQueue, ClientCnxn cnxn) {
    RequestHeader header = packet.requestHeader;
    if (header != null && header.getType() != OpCode.ping && header.getType() != OpCode.auth) {
      header.setXid(cnxn.getXid());
      synchronized (pendingQueue) {
        pendingQueue.add(packet);
      }
    }
    sendPacket(current, packet);
  }

  private void sendPacket(Connection current, Packet packet) {
    packet.createBB();
    sentCount.getAndIncrement();
    updateLastSend();
    current.session().receive(packet.bb.position(LENGTH_BYTES).slice());
  }

  /** Hands over what has arrived, in its order, and then the end if it has come. */
  private void deliver(Connection current) throws IOException {
    int told = current.whenTaken.size();
    ByteBuffer frame;
    while ((frame = current.frames.poll()) != null) {
      recvCount.getAndIncrement();
      updateLastHeard();
      if (frame.remaining() > maxFrameBytes) {
        throw new IOException("Packet len " + frame.remaining() + " is out of range!");
      }
      if (initialized) {
        sendThread.readResponse(frame);
      } else {
        incomingBuffer = frame;
        readConnectResult();
        initialized = true;
      }
    }
    for (; told > 0; told--) {
      current.whenTaken.remove().run();
    }
    String end = current.end;
    if (end != null && current.frames.isEmpty()) {
      throw new EndOfStreamException(end);
    }
  }

  @Override
  void cleanup() {
    Connection old = connection;
    if (old != null) {
      connection = null;
      old.session().disconnect();
    }
  }

  @Override
  void close() {
    transport.close();
  }

  @Override
  void testableCloseSocket() {
    Connection current = connection;
    if (current != null) {
      current.end("the socket was closed on purpose");
    }
  }

  @Override
  void packetAdded() {
    wake();
  }

  @Override
  void onClosing() {
    wake();
  }

  private void wake() {
    Thread thread = parked;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** The host that the handle thinks it is connected to. */
  @Override
  @Nullable SocketAddress getRemoteSocketAddress() {
    Connection current = connection;
    return current == null ? null : current.address;
  }

  @Override
  @Nullable SocketAddress getLocalSocketAddress() {
    return null;
  }

  @Override
  void connectionPrimed() {}

  @Override
  void saslCompleted() {}

  /** For SASL alone. */
  @Override
  void sendPacket(Packet packet) throws IOException {
    Connection current = connection;
    if (current == null) {
      throw new EndOfStreamException("there is no connection");
    }
    sendPacket(current, packet);
  }

  /** What one connection delivers, for the send thread to take. */
  private final class Connection implements FrameSink {
    private final InetSocketAddress address;
    private final Queue<ByteBuffer> frames = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> whenTaken = new ConcurrentLinkedQueue<>();
    private @Nullable ProtocolSession session;
    private volatile @Nullable String end;

    Connection(InetSocketAddress address) {
      this.address = address;
    }

    ProtocolSession session() {
      ProtocolSession s = session;
      if (s == null) {
        throw new IllegalStateException("not connected");
      }
      return s;
    }

    boolean hasNews() {
      return end != null || !frames.isEmpty() || !whenTaken.isEmpty();
    }

    @Override
    public void frame(ByteBuffer frame) {
      frames.add(frame);
      wake();
    }

    @Override
    public void whenSent(Runnable task) {
      whenTaken.add(task);
      wake();
    }

    @Override
    public void end(String reason) {
      end = reason;
      wake();
    }
  }
}
