package io.faaskeeper.parity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.ClientCnxn;
import org.apache.zookeeper.proto.ConnectRequest;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.WatcherEvent;
import org.jspecify.annotations.Nullable;

/**
 * One client's talk over raw frames, written down byte by byte, but for what may differ from one
 * server to the next: times are left out; zxids of Stats and events, and sessions, are numbered as
 * they come up; of a header's zxid only the sign counts, since not everything takes a zxid
 * everywhere; what has no order is sorted.
 */
final class Dialogue {
  /** Opens connections. */
  interface Lines {
    Line open() throws IOException;
  }

  private final Lines lines;
  private final Map<Long, Long> zxids = new HashMap<>();
  private final Map<Long, Long> sessions = new HashMap<>();
  private final Normal normal;
  private final List<String> notes = new ArrayList<>();
  private @Nullable Line line;
  private ConnectResponse session = new ConnectResponse(0, 0, 0, new byte[16], false);
  private long lastZxid;
  private int xid;

  Dialogue(Lines lines) {
    this.lines = lines;
    this.normal = new Normal(this::zxid, session -> number(sessions, session));
  }

  /** All that was answered so far, a line each. */
  List<String> notes() {
    return notes;
  }

  /** Begins a new session. */
  void begin(int timeoutMillis) throws IOException, InterruptedException {
    session = new ConnectResponse(0, 0, 0, new byte[16], false);
    lastZxid = 0;
    connect("begin", timeoutMillis, session.getPasswd());
  }

  /** Attaches the session anew. */
  void attach(int timeoutMillis, byte @Nullable [] password)
      throws IOException, InterruptedException {
    connect("attach", timeoutMillis, password == null ? session.getPasswd() : password);
  }

  /** Sees things that are yet to come. */
  void dream() {
    lastZxid = Long.MAX_VALUE;
  }

  private void connect(String name, int timeoutMillis, byte[] password)
      throws IOException, InterruptedException {
    close();
    Line fresh = lines.open();
    line = fresh;
    fresh.send(
        bytes(
            new ConnectRequest(
                0, lastZxid, timeoutMillis, session.getSessionId(), password, false)));
    byte[] frame = fresh.receive();
    if (frame == null) {
      notes.add(name + ": end");
      return;
    }
    ConnectResponse response = new ConnectResponse();
    exactly(frame, response);
    if (response.getSessionId() != 0) {
      session = response;
    }
    notes.add(name + ": " + connected(response));
  }

  private String connected(ConnectResponse r) {
    return "session "
        + number(sessions, r.getSessionId())
        + " timeout "
        + r.getTimeOut()
        + " version "
        + r.getProtocolVersion()
        + " password of "
        + r.getPasswd().length
        + " read-only "
        + r.getReadOnly();
  }

  /** Asks, and notes the events and the answer. */
  void ask(String name, int type, @Nullable Supplier<Record> reply, Record... body)
      throws IOException, InterruptedException {
    askAs(name, ++xid, type, reply, body);
  }

  /** The same with an xid of its own. */
  void askAs(String name, int ownXid, int type, @Nullable Supplier<Record> reply, Record... body)
      throws IOException, InterruptedException {
    Record[] records = new Record[body.length + 1];
    records[0] = new RequestHeader(ownXid, type);
    System.arraycopy(body, 0, records, 1, body.length);
    send(name, reply, bytes(records));
  }

  /** Sends a frame as it is. */
  void send(String name, @Nullable Supplier<Record> reply, byte[] frame)
      throws IOException, InterruptedException {
    open().send(frame);
    hear(name, reply);
  }

  /** Notes everything up to the next answer, or the end. */
  void hear(String name, @Nullable Supplier<Record> reply)
      throws IOException, InterruptedException {
    List<String> events = new ArrayList<>();
    while (true) {
      byte[] frame = open().receive();
      ReplyHeader header = new ReplyHeader();
      boolean session = reply != null && reply.get() instanceof ConnectResponse;
      if (frame != null && frame.length >= 16 && !session) {
        header.deserialize(archive(frame), "header");
      }
      if (header.getXid() == ClientCnxn.NOTIFICATION_XID && frame != null) {
        WatcherEvent event = new WatcherEvent();
        exactly(frame, header, event);
        events.add("event " + zxid(header.getZxid()) + " " + header.getErr() + " " + text(event));
        continue;
      }
      if (name.startsWith("setWatches")) {
        Collections.sort(events);
      }
      events.forEach(event -> notes.add(name + ": " + event));
      if (frame == null) {
        notes.add(name + ": end");
      } else if (reply != null && session) {
        ConnectResponse again = new ConnectResponse();
        exactly(frame, again);
        notes.add(name + ": " + connected(again));
      } else {
        lastZxid = Math.max(lastZxid, header.getZxid());
        notes.add(name + ": " + answer(frame, header, reply));
      }
      return;
    }
  }

  private String answer(byte[] frame, ReplyHeader header, @Nullable Supplier<Record> reply)
      throws IOException {
    String start = header.getXid() + " " + Long.signum(header.getZxid()) + " " + header.getErr();
    if (frame.length == 16 || reply == null) {
      return start
          + (frame.length == 16 ? "" : " " + HexFormat.of().formatHex(frame, 16, frame.length));
    }
    Record body = reply.get();
    exactly(frame, header, body);
    return start + " " + text(normal.of(body));
  }

  private long zxid(long zxid) {
    return zxid <= 0 ? zxid : number(zxids, zxid);
  }

  private static long number(Map<Long, Long> numbers, long value) {
    return value == 0 ? 0 : numbers.computeIfAbsent(value, v -> numbers.size() + 1L);
  }

  /** Reads a frame, and makes sure that nothing else is in it. */
  static void exactly(byte[] frame, Record... records) throws IOException {
    BinaryInputArchive in = archive(frame);
    for (Record record : records) {
      record.deserialize(in, "record");
    }
    if (!HexFormat.of().formatHex(frame).equals(HexFormat.of().formatHex(bytes(records)))) {
      throw new IOException("not what it should be: " + HexFormat.of().formatHex(frame));
    }
  }

  static BinaryInputArchive archive(byte[] frame) {
    return BinaryInputArchive.getArchive(new ByteArrayInputStream(frame));
  }

  static byte[] bytes(Record... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryOutputArchive archive = BinaryOutputArchive.getArchive(bytes);
    for (Record record : records) {
      record.serialize(archive, "record");
    }
    return bytes.toByteArray();
  }

  static String text(Record record) {
    try {
      return record.getClass().getSimpleName() + " " + HexFormat.of().formatHex(bytes(record));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Line open() {
    Line current = line;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }

  void close() throws IOException {
    Line old = line;
    if (old != null) {
      old.close();
      line = null;
    }
  }
}
