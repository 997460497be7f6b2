package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.client.SessionListener;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.apache.jute.BinaryInputArchive;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.WatcherEvent;
import org.apache.zookeeper.server.ByteBufferInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a ZooKeeper client, as a ZooKeeper server of version 3.9 would serve it,
 * whatever carries the frames.
 *
 * <table>
 * <caption>States</caption>
 * <tr><td>new</td><td>the first frame asks for a session: opening</td></tr>
 * <tr><td>opening</td><td>a frame: over; the session is there: open; there is none: over</td></tr>
 * <tr><td>open</td><td>frames are requests; the session's connection ends, a request asks for the
 * end, or is none: over</td></tr>
 * <tr><td>over</td><td>frames are dropped</td></tr>
 * </table>
 *
 * <p>{@link #receive} is called by one thread at a time, {@link #disconnect} by any.
 */
public final class ProtocolSession {
  /** The xids that answer no request; as in ZooKeeper's client, which keeps them to itself. */
  private static final int EVENT_XID = -1;

  private static final int PING_XID = -2;

  private static final Logger log = LoggerFactory.getLogger(ProtocolSession.class);

  private final SessionOpener opener;
  private final Clock clock;
  private final ReplyOrder order;
  private boolean asked;

  /** Guarded by this. */
  private boolean gone;

  /** Set once, when the connection is open. */
  private volatile @Nullable Established established;

  private record Established(ClientSession session, ByteBuffer response) {}

  ProtocolSession(SessionOpener opener, FrameSink sink, Clock clock, Scheduler scheduler) {
    this.opener = opener;
    this.clock = clock;
    this.order = new ReplyOrder(sink, clock, scheduler);
  }

  /**
   * Takes a frame of the client, without the length that precedes it on a stream. After the first
   * one, which asks for a session, nothing may come until the sink has got the answer. Never
   * blocks; answers may reach the sink within the call. The frame is not used after it returns. A
   * frame that can't be read ends this connection.
   */
  public void receive(ByteBuffer frame) {
    try {
      if (frame.remaining() > BinaryInputArchive.maxBuffer) {
        throw new IOException("it is longer than jute.maxbuffer allows");
      }
      Established open = established;
      if (open != null) {
        request(open, frame);
      } else if (asked) {
        throw new IOException("the session is not there yet");
      } else {
        asked = true;
        connect(ConnectRequest.read(frame));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("A packet of {} bytes is refused: {}", frame.limit(), e.toString());
      order.refuse(null, "a packet was refused");
    }
  }

  /** How many requests have no answer yet. Not to be called by the sink. */
  public int unanswered() {
    return order.unanswered();
  }

  /** The session that the client was told of; null before, or if there is none. */
  public @Nullable ClientSession session() {
    Established open = established;
    return open == null ? null : open.session;
  }

  /** What carried the connection is gone: nothing reaches the sink after this. */
  public void disconnect() {
    order.cut();
    Established open;
    synchronized (this) {
      gone = true;
      open = established;
    }
    if (open != null) {
      open.session.disconnect();
    }
  }

  private void connect(ConnectRequest request) {
    SessionOpener.Attempt attempt = opener.open(request);
    attempt
        .result()
        .whenComplete(
            (result, failure) -> {
              if (result instanceof ConnectResult.Connected connected) {
                connected(attempt, connected.session());
              } else {
                opener.claim(attempt);
                refused(request, result, failure);
              }
            });
  }

  private void connected(SessionOpener.Attempt attempt, ClientSession session) {
    boolean readOnlyKnown = attempt.request().readOnlyKnown();
    ByteBuffer response = ConnectResponse.of(session).frame(readOnlyKnown);
    synchronized (this) {
      if (gone || !opener.claim(attempt)) {
        return;
      }
      established = new Established(session, response);
    }
    session.listen(new Listener());
    order.open(response.duplicate());
  }

  private void refused(
      ConnectRequest request, @Nullable ConnectResult result, @Nullable Throwable failure) {
    if (result instanceof ConnectResult.Dropped dropped) {
      order.refuse(null, dropped.reason());
    } else if (result != null) {
      order.refuse(
          ConnectResponse.EXPIRED.frame(request.readOnlyKnown()), "there is no such session");
    } else {
      log.warn("A session could not be opened", failure);
      order.refuse(null, "a session could not be opened");
    }
  }

  private void request(Established open, ByteBuffer frame) throws IOException {
    BinaryInputArchive in = BinaryInputArchive.getArchive(new ByteBufferInputStream(frame));
    RequestHeader header = new RequestHeader();
    header.deserialize(in, "header");
    switch (header.getType()) {
      case OpCode.ping -> ping(open.session);
      case OpCode.sasl -> order.apart(AuthRequests.sasl(header.getXid(), in));
      case OpCode.auth -> submit(open, header, AuthRequests.auth(in));
      default -> submit(open, header, Requests.read(header.getType(), in));
    }
  }

  /**
   * A ping overtakes what is slow, so that a cold start does not cost the connection. It goes
   * unanswered when the process has lost its lease, and when a request has waited for a third of
   * the timeout: the client then gives up within another two thirds. So no request hangs for longer
   * than its session's timeout.
   */
  private void ping(ClientSession session) {
    long patienceNanos = TimeUnit.MILLISECONDS.toNanos(session.timeoutMillis()) / 3;
    if (session.touch() && order.oldestWaitNanos(clock.nanoTime()) < patienceNanos) {
      order.apart(Jute.frame(new ReplyHeader(PING_XID, session.lastZxid(), 0), null));
    }
  }

  private void submit(Established open, RequestHeader header, Exchange exchange) {
    int xid = header.getXid();
    ReplyOrder.Place place = order.take(new Asked(xid, header.getType(), clock.nanoTime()));
    open.session
        .submit(exchange.request())
        .whenComplete(
            (reply, failure) -> answered(place, xid, exchange.answer(), open, reply, failure));
    order.submitted(place);
  }

  private void answered(
      ReplyOrder.Place place,
      int xid,
      Answer answer,
      Established open,
      @Nullable Reply reply,
      @Nullable Throwable failure) {
    if (reply == null) {
      order.failed(place, failure == null ? "no reply" : String.valueOf(failure.getMessage()));
      return;
    }
    try {
      ByteBuffer frame = answer.frame(xid, reply, open.response);
      order.answered(place, frame, reply.zxid(), answer.last(reply));
    } catch (RuntimeException e) {
      log.error("The reply {} can't be written", reply, e);
      order.failed(place, "a reply could not be written");
    }
  }

  private final class Listener implements SessionListener {
    @Override
    public void watchEvent(long zxid, EventType type, String path) {
      order.event(
          zxid,
          Jute.frame(
              new ReplyHeader(EVENT_XID, zxid, 0),
              new WatcherEvent(type.getIntValue(), KeeperState.SyncConnected.getIntValue(), path)));
    }

    @Override
    public void connectionEnded(String reason) {
      order.end(reason);
    }
  }
}
