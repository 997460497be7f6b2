package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.client.ClientSession;
import io.faaskeeper.zookeeper.gateway.monitor.ConnectionStats;
import io.faaskeeper.zookeeper.gateway.monitor.MonitoredConnection;
import io.faaskeeper.zookeeper.protocol.Asked;
import io.faaskeeper.zookeeper.protocol.ProtocolEndpoint;
import io.faaskeeper.zookeeper.protocol.ProtocolSession;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.command.FourLetterCommands;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a client: its protocol session and its bounds. All is done on the channel's
 * event loop, but for what the session sends and the monitoring asks.
 *
 * <table>
 * <caption>States</caption>
 * <tr><td>NEW</td><td>a four-letter word: answered, CLOSING; a packet: CONNECTING; neither in
 * time: CLOSING</td></tr>
 * <tr><td>CONNECTING</td><td>nothing is read on until the session is there: OPEN</td></tr>
 * <tr><td>OPEN</td><td>packets are handed over while the bounds allow it; an orderly stop:
 * DRAINING</td></tr>
 * <tr><td>DRAINING</td><td>nothing is handed over; what is under way is answered: CLOSING</td></tr>
 * <tr><td>CLOSING</td><td>what was sent before goes out, if the client takes it in time; what comes
 * is dropped</td></tr>
 * </table>
 */
final class ClientConnection implements MonitoredConnection, Outbox.Owner {
  private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);

  private enum State {
    NEW,
    CONNECTING,
    OPEN,
    DRAINING,
    CLOSING
  }

  private final GatewayContext context;
  private final Channel channel;
  private final InetSocketAddress remote;
  private final Traffic traffic;
  private final Outbox outbox;
  private final SlowClientWatch watch;
  private final ProtocolEndpoint endpoint;
  private final ProtocolSession session;
  private final UnderWay underWay;
  private State state = State.NEW;

  /** Whether something waited for the client when that was last looked at. */
  private boolean slow;

  private @Nullable Future<?> handshake;

  /** Whether the session's answer was sent. */
  private volatile boolean connected;

  /** Whether packets wait for the bounds. */
  private volatile boolean paused;

  ClientConnection(GatewayContext context, Channel channel) {
    this.context = context;
    this.channel = channel;
    this.remote = (InetSocketAddress) channel.remoteAddress();
    this.traffic = new Traffic(context.stats(), context.clock());
    this.outbox = new Outbox(channel, this);
    this.watch =
        new SlowClientWatch(
            channel,
            outbox,
            this::patienceMillis,
            () -> close("it takes nothing of what is sent to it"));
    this.endpoint =
        new ProtocolEndpoint(
            context.runtime(), () -> Peer.identity(channel), context.clock(), context.scheduler());
    this.session = endpoint.connect(outbox);
    this.underWay = new UnderWay(context.limits(), context.memory(), session, outbox);
  }

  InetAddress host() {
    return remote.getAddress();
  }

  Outbox outbox() {
    return outbox;
  }

  /** The connection is there. */
  void begin() {
    long millis = context.limits().handshakeTime().toMillis();
    handshake =
        channel
            .eventLoop()
            .schedule(
                () -> close("it asked for no session in " + millis + " ms"),
                millis,
                TimeUnit.MILLISECONDS);
  }

  /** The connection is gone. */
  void gone() {
    state = State.CLOSING;
    settle();
    cancelHandshake();
    session.disconnect();
    endpoint.close();
  }

  /** Whether this is the length of a packet; else it is a four-letter word. */
  boolean isLength(int word) {
    return state != State.NEW || !FourLetterCommands.isKnown(word);
  }

  /** Whether the next packet may be taken now. If not, {@link PacketReader#RESUMED} tells when. */
  boolean mayTake() {
    if (bounded()) {
      paused = true;
      if (bounded()) {
        return false;
      }
      paused = false;
    }
    return true;
  }

  private boolean bounded() {
    if (state == State.CONNECTING && connected) {
      state = State.OPEN;
    }
    return switch (state) {
      case NEW -> false;
      case CONNECTING, DRAINING -> true;
      case CLOSING -> false;
      case OPEN -> underWay.isFull();
    };
  }

  private void settle() {
    slow = outbox.waitingBytes() > 0;
    underWay.settle(channel.isOpen());
  }

  /** Takes a packet. */
  void take(ByteBuffer packet) {
    if (state == State.CLOSING) {
      return;
    }
    int length = packet.remaining();
    traffic.received(length);
    if (state == State.NEW) {
      state = State.CONNECTING;
      cancelHandshake();
      context.stats().sessionAsked();
    }
    underWay.asking(length);
    session.receive(packet);
    settle();
  }

  /** Answers a four-letter word, and closes the connection. */
  void word(int word) {
    state = State.CLOSING;
    cancelHandshake();
    traffic.received(0);
    context
        .words()
        .answer(FourLetterCommands.getCommandString(word))
        .whenComplete(
            (text, failure) ->
                outbox.later(
                    () -> {
                      outbox.writeLast(text == null ? "" : text);
                      watch.sent();
                    }));
  }

  /**
   * The client sends nothing more. Who is still to be sent something reads it; for anybody else it
   * is the end.
   */
  void sentAll() {
    if (state != State.CLOSING || OrderlyClose.isUnderWay(channel)) {
      close();
    }
  }

  /** What was received is no packet. */
  void malformed(String what) {
    log.warn("Closing connection to {}: {}", remote, what);
    close();
  }

  /** The channel failed. */
  void failed(Throwable failure) {
    if (failure instanceof IOException) {
      log.debug("connection to {} failed: {}", remote, failure.toString());
    } else {
      log.warn("Closing connection to {}: {}", remote, failure.toString());
    }
    close();
  }

  private void close(String reason) {
    log.info("Closing connection to {}: {}", remote, reason);
    close();
  }

  private void close() {
    state = State.CLOSING;
    var unused = channel.close();
  }

  /** Takes nothing more, and closes the connection when all is answered. On any thread. */
  void drain() {
    outbox.later(
        () -> {
          if (state != State.CLOSING) {
            state = State.DRAINING;
            paused = true;
            closeIfDrained();
          }
        });
  }

  private void closeIfDrained() {
    if (state == State.DRAINING && session.unanswered() == 0) {
      outbox.end("the gateway stops");
    }
  }

  /** Drops the connection without a word: what was sent and not taken is lost. On any thread. */
  void drop() {
    try {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    } catch (ChannelException e) {
      log.debug("connection to {} is closed already", remote, e);
    }
    var unused = channel.close();
  }

  private void cancelHandshake() {
    Future<?> timer = handshake;
    if (timer != null) {
      timer.cancel(false);
      handshake = null;
    }
  }

  // What is sent

  @Override
  public void sending(ByteBuffer frame, @Nullable Asked asked, long zxid) {
    if (asked != null) {
      underWay.answering(frame.remaining());
    }
    if (connected) {
      traffic.sending(frame, asked, asked == null ? view() : zxid);
    } else {
      connected = true;
      traffic.connected(frame, view());
    }
  }

  private long view() {
    ClientSession open = session.session();
    return open == null ? 0 : open.lastZxid();
  }

  @Override
  public void taken() {
    if (slow || paused) {
      // Netty counts what was taken only after it told so.
      outbox.later(
          () -> {
            settle();
            if (paused && underWay.isNothing()) {
              resume();
            }
          });
    }
  }

  @Override
  public void written() {
    settle();
    watch.sent();
    if (outbox.ended() != null) {
      state = State.CLOSING;
    }
    if (paused) {
      resume();
    }
  }

  @Override
  public void ended() {
    state = State.CLOSING;
    paused = false;
    OrderlyClose.begin(channel);
    var unused = channel.pipeline().fireUserEventTriggered(PacketReader.RESUMED);
  }

  /** The client took enough of what was sent. */
  void drained() {
    resume();
  }

  private void resume() {
    if (state == State.DRAINING) {
      closeIfDrained();
    } else if (paused && mayTake()) {
      paused = false;
      outbox.later(() -> channel.pipeline().fireUserEventTriggered(PacketReader.RESUMED));
    }
  }

  @Override
  public void overflowed() {
    outbox.later(
        () -> {
          if (channel.isOpen()) {
            close("it takes too little of what is sent to it");
          }
        });
  }

  /** As long as its session would wait for it. */
  private long patienceMillis() {
    int timeout = timeoutMillis();
    return timeout == 0 ? context.limits().handshakeTime().toMillis() : timeout;
  }

  // What the monitoring asks

  @Override
  public SocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public ConnectionStats stats() {
    return traffic.connection();
  }

  @Override
  public long sessionId() {
    ClientSession open = session.session();
    return open == null ? 0 : open.id();
  }

  @Override
  public int timeoutMillis() {
    ClientSession open = session.session();
    return open == null ? 0 : open.timeoutMillis();
  }

  @Override
  public int unanswered() {
    return session.unanswered();
  }

  @Override
  public boolean reading() {
    return !paused;
  }

  @Override
  public boolean backedUp() {
    return !channel.isWritable();
  }
}
