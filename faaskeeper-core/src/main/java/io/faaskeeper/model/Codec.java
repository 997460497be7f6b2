package io.faaskeeper.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The binary form of what is stored and sent. The first byte of each whole names its form, so that
 * a later version can tell it apart; what they are made of is in {@link RequestCodec}, {@link
 * ResultCodec} and {@link ValueCodec}. Decoding throws {@link MalformedDataException} on anything
 * else than the output of the encoder.
 */
public final class Codec {
  private static final int VERSION = 1;

  private Codec() {}

  public static byte[] encode(RequestMessage message) {
    return new ByteWriter()
        .u8(VERSION)
        .text(message.process())
        .text(message.address())
        .list(message.requests(), RequestCodec::request)
        .toByteArray();
  }

  public static RequestMessage decodeMessage(byte[] bytes) {
    return whole(bytes, r -> new RequestMessage(r.text(), r.text(), r.list(RequestCodec::request)));
  }

  /** The process that an encoded {@link RequestMessage} names, without reading the rest. */
  public static String senderOf(byte[] message) {
    ByteReader r = new ByteReader(message);
    version(r);
    return r.text();
  }

  public static byte[] encode(LogRecord record) {
    return new ByteWriter()
        .u8(VERSION)
        .number(record.number())
        .fixed(record.attempt())
        .list(record.entries(), Codec::entry)
        .toByteArray();
  }

  public static LogRecord decodeRecord(byte[] bytes) {
    return whole(bytes, r -> new LogRecord(r.number(), r.fixed(), r.list(Codec::entry)));
  }

  public static byte[] encode(Push push) {
    ByteWriter w =
        new ByteWriter()
            .u8(VERSION)
            .text(push.process())
            .number(push.generation())
            .number(push.completeFrom())
            .number(push.upTo())
            .number(push.events().size());
    push.events().forEach((zxid, events) -> w.number(zxid).list(events, ValueCodec::event));
    return w.list(push.answers(), Codec::answer)
        .list(push.syncs(), (x, s) -> x.fixed(s.token()).number(s.zxid()))
        .toByteArray();
  }

  public static Push decodePush(byte[] bytes) {
    return whole(
        bytes,
        r ->
            new Push(
                r.text(),
                r.number(),
                r.number(),
                r.number(),
                events(r),
                r.list(Codec::answer),
                r.list(x -> new Push.SyncAnswer(x.fixed(), x.number()))));
  }

  private static SortedMap<Long, List<MailboxEvent>> events(ByteReader r) {
    SortedMap<Long, List<MailboxEvent>> events = new TreeMap<>();
    int count = r.int32();
    for (int i = 0; i < count; i++) {
      events.put(r.number(), r.list(ValueCodec::event));
    }
    return events;
  }

  public static byte[] encode(MailboxEvent event) {
    ByteWriter w = new ByteWriter();
    ValueCodec.event(w, event);
    return w.toByteArray();
  }

  public static MailboxEvent decodeEvent(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    MailboxEvent event = ValueCodec.event(r);
    r.end();
    return event;
  }

  /** Stat and child sum, for a node's item. */
  public static byte[] encodeStat(NodeStat stat, long childSum) {
    ByteWriter w = new ByteWriter();
    ValueCodec.stat(w, stat);
    return w.fixed(childSum).toByteArray();
  }

  /** What {@link #encodeStat} wrote, with an ACL. */
  public static NodeMeta decodeMeta(byte[] bytes, List<Acl> acl) {
    ByteReader r = new ByteReader(bytes);
    NodeMeta meta = new NodeMeta(ValueCodec.stat(r), acl, r.fixed());
    r.end();
    return meta;
  }

  public static byte[] encodeAcl(List<Acl> acl) {
    return new ByteWriter().list(acl, ValueCodec::acl).toByteArray();
  }

  public static List<Acl> decodeAcl(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    List<Acl> acl = r.list(ValueCodec::acl);
    r.end();
    return acl;
  }

  private static void version(ByteReader r) {
    int version = r.u8();
    if (version != VERSION) {
      throw new MalformedDataException(
          "form " + version + " is unknown to this version, which knows " + VERSION);
    }
  }

  private static <T> T whole(byte[] bytes, Function<ByteReader, T> read) {
    ByteReader r = new ByteReader(bytes);
    version(r);
    try {
      T value = read.apply(r);
      r.end();
      return value;
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void entry(ByteWriter w, LogEntry e) {
    w.number(e.zxid()).optional(e.session(), ValueCodec::session);
    w.number(e.seq()).number(e.previousRecord()).flag(e.answer());
    ResultCodec.result(w, e.result());
    w.list(e.nodes(), ValueCodec::node).text(e.taken());
  }

  private static LogEntry entry(ByteReader r) {
    return new LogEntry(
        r.number(),
        r.optional(ValueCodec::session),
        r.number(),
        r.number(),
        r.flag(),
        ResultCodec.result(r),
        r.list(ValueCodec::node),
        r.text());
  }

  /** A session's row. */
  public static byte[] encode(SessionState session) {
    ByteWriter w = new ByteWriter();
    ValueCodec.session(w, session);
    return w.toByteArray();
  }

  public static SessionState decodeSession(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    SessionState session = ValueCodec.session(r);
    r.end();
    return session;
  }

  private static void answer(ByteWriter w, Push.Answer a) {
    w.number(a.zxid()).fixed(a.sessionId()).number(a.epoch()).number(a.seq()).fixed(a.token());
    ResultCodec.result(w, a.result());
    w.bytes(a.password());
  }

  private static Push.Answer answer(ByteReader r) {
    return new Push.Answer(
        r.number(), r.fixed(), r.int32(), r.number(), r.fixed(), ResultCodec.result(r), r.bytes());
  }
}
