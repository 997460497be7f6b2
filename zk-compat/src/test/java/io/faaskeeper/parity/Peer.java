package io.faaskeeper.parity;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.jute.Record;
import org.apache.zookeeper.ClientCnxn;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.WatcherEvent;
import org.jspecify.annotations.Nullable;

/** A client of one server: its session, and its connection if it has one. */
final class Peer {
  private static final int HEADER_BYTES = 16;
  private static final int CONNECT_RESPONSE_BYTES = 37;

  private final Zxids zxids;
  private final LongUnaryOperator sessions;
  private final Normal normal;
  private final Deque<Integer> sent = new ArrayDeque<>();
  private @Nullable Line line;
  private ConnectResponse session = new ConnectResponse(0, 0, 0, new byte[16], false);
  private long lastZxid;
  private int xid;
  private int pings;

  private record Event(long zxid, String text) {}

  /**
   * A client without a session.
   *
   * @param sessions numbers for session ids
   */
  Peer(Zxids zxids, LongUnaryOperator sessions) {
    this.zxids = zxids;
    this.sessions = sessions;
    this.normal = new Normal(zxids::name, sessions);
  }

  long sessionId() {
    return session.getSessionId();
  }

  byte[] password() {
    return session.getPasswd();
  }

  long lastZxid() {
    return lastZxid;
  }

  boolean isConnected() {
    return line != null;
  }

  void connected(Line newLine, ConnectResponse response) {
    line = newLine;
    session = response;
    pings = 0;
  }

  String text(ConnectResponse r) {
    return "session "
        + sessions.applyAsLong(r.getSessionId())
        + " timeout "
        + r.getTimeOut()
        + " password of "
        + r.getPasswd().length;
  }

  /** Gives the connection away. */
  @Nullable Line release() {
    Line old = line;
    line = null;
    return old;
  }

  /** Ends the connection, if there is one. */
  void drop() throws IOException {
    Line old = release();
    if (old != null) {
      old.close();
    }
  }

  /** Says that it lives; the answer is overheard. */
  void ping() throws IOException {
    if (line != null) {
      line.send(Dialogue.bytes(new RequestHeader(ClientCnxn.PING_XID, OpCode.ping)));
      pings++;
    }
  }

  void send(Call call) throws IOException {
    int used = call.xid() == 0 ? ++xid : call.xid();
    sent.add(used);
    if (line == null) {
      return;
    }
    byte[] header = Dialogue.bytes(new RequestHeader(used, call.type()));
    byte[] body = call.body().of(zxids);
    byte[] frame = new byte[header.length + body.length];
    System.arraycopy(header, 0, frame, 0, header.length);
    System.arraycopy(body, 0, frame, header.length, body.length);
    try {
      line.send(frame);
    } catch (IOException e) {
      // It has ended, which is heard next.
    }
  }

  /**
   * The events up to the answer, and the answer; the end if there is none, or if it is the last.
   */
  List<Heard> hear(Call call) throws IOException, InterruptedException {
    int expected = sent.remove();
    List<Heard> heard = new ArrayList<>();
    if (line == null) {
      heard.add(Heard.text("not connected"));
      return heard;
    }
    List<Event> events = new ArrayList<>();
    byte[] frame = next(events);
    if (frame == null) {
      flush(events, call, heard);
      end(heard);
      return heard;
    }
    boolean isSession =
        call.type() == OpCode.createSession && frame.length == CONNECT_RESPONSE_BYTES;
    if (isSession) {
      ConnectResponse response = new ConnectResponse();
      Dialogue.exactly(frame, response);
      flush(events, call, heard);
      heard.add(Heard.text("again " + text(response)));
      return heard;
    }
    ReplyHeader header = new ReplyHeader();
    header.deserialize(Dialogue.archive(frame), "header");
    if (header.getXid() != expected) {
      throw new AssertionError("xid " + header.getXid() + " answers " + expected + ", " + call);
    }
    flush(events, call, heard);
    heard.add(answer(call, header, frame));
    if (isLast(call, header)) {
      while (next(events) != null) {
        heard.add(Heard.text("more after the last answer"));
      }
      end(heard);
    }
    return heard;
  }

  private void end(List<Heard> heard) throws IOException {
    heard.add(Heard.END);
    drop();
  }

  private static boolean isLast(Call call, ReplyHeader header) {
    return call.type() == OpCode.closeSession
        || header.getErr() == Code.AUTHFAILED.intValue()
        || (header.getErr() == Code.UNIMPLEMENTED.intValue() && header.getZxid() == -1);
  }

  /** The next frame that is no event, or null at the end. */
  private byte @Nullable [] next(List<Event> events) throws IOException, InterruptedException {
    while (true) {
      byte[] frame = line == null ? null : line.receive();
      if (frame == null) {
        return null;
      }
      ReplyHeader header = new ReplyHeader();
      header.deserialize(Dialogue.archive(frame), "header");
      if (header.getXid() == ClientCnxn.NOTIFICATION_XID) {
        WatcherEvent event = new WatcherEvent();
        Dialogue.exactly(frame, header, event);
        events.add(
            new Event(
                header.getZxid(),
                header.getErr()
                    + " state "
                    + event.getState()
                    + " type "
                    + event.getType()
                    + " "
                    + event.getPath()));
      } else if (header.getXid() == ClientCnxn.PING_XID && pings > 0) {
        pings--;
      } else {
        return frame;
      }
    }
  }

  private void flush(List<Event> events, Call call, List<Heard> heard) {
    int from = 0;
    for (int i = 1; i <= events.size(); i++) {
      if (i == events.size() || events.get(i).zxid() != events.get(from).zxid()) {
        addEvents(events.subList(from, i), call, heard);
        from = i;
      }
    }
    events.clear();
  }

  private void addEvents(List<Event> events, Call call, List<Heard> heard) {
    if (events.isEmpty()) {
      return;
    }
    long zxid = events.get(0).zxid();
    // All that others wrote was answered before; what remains is that a session timed out.
    boolean isExpiry = call.type() == OpCode.sync && zxid > 0 && !zxids.isWrite(zxid);
    if (isExpiry || call.type() == OpCode.closeSession) {
      zxids.unordered(zxid);
    }
    List<String> texts = new ArrayList<>(events.stream().map(Event::text).toList());
    if (zxids.isUnordered(zxid)) {
      Collections.sort(texts);
    }
    long name = zxid <= 0 ? zxid : zxids.name(zxid);
    texts.forEach(text -> heard.add(Heard.text("event " + name + " " + text)));
  }

  private Heard answer(Call call, ReplyHeader header, byte[] frame) throws IOException {
    lastZxid = Math.max(lastZxid, header.getZxid());
    // A multiRead that a server stumbles over is the one error with a body.
    boolean hasBody = call.type() == OpCode.multiRead && frame.length > HEADER_BYTES;
    Record body = header.getErr() == 0 || hasBody ? Replies.body(call.type()) : null;
    if (body != null) {
      Dialogue.exactly(frame, header, body);
    }
    if (header.getErr() == 0 && Replies.isWrite(call.type()) && !isFailedMulti(body)) {
      zxids.written(header.getZxid());
    }
    if (call.type() == OpCode.closeSession) {
      zxids.unordered(header.getZxid());
    }
    String start = "err " + header.getErr() + " at " + zxids.seen(header.getZxid());
    if (body != null) {
      return new Heard(
          start + " " + RandomCalls.readable(normal.of(body)) + " = " + Dialogue.text(body),
          header.getErr(),
          body);
    }
    String rest = HexFormat.of().formatHex(frame, HEADER_BYTES, frame.length);
    return new Heard(start + " " + rest, header.getErr(), null);
  }

  private static boolean isFailedMulti(@Nullable Record body) {
    return body instanceof MultiResponse multi
        && multi.getResultList().stream().anyMatch(OpResult.ErrorResult.class::isInstance);
  }
}
