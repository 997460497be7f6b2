package io.faaskeeper.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;

/**
 * The binary form of what is stored and sent. The first byte of each whole names its form, so that
 * a later version can tell it apart. Decoding throws {@link MalformedDataException} on anything
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
        .list(message.requests(), Codec::request)
        .toByteArray();
  }

  public static RequestMessage decodeMessage(byte[] bytes) {
    return whole(bytes, r -> new RequestMessage(r.text(), r.text(), r.list(Codec::request)));
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
    push.events().forEach((zxid, events) -> w.number(zxid).list(events, Codec::event));
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
      events.put(r.number(), r.list(Codec::event));
    }
    return events;
  }

  public static byte[] encode(MailboxEvent event) {
    ByteWriter w = new ByteWriter();
    event(w, event);
    return w.toByteArray();
  }

  public static MailboxEvent decodeEvent(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    MailboxEvent event = event(r);
    r.end();
    return event;
  }

  /** Stat and child sum, for a node's item. */
  public static byte[] encodeStat(NodeStat stat, long childSum) {
    ByteWriter w = new ByteWriter();
    stat(w, stat);
    return w.fixed(childSum).toByteArray();
  }

  /** What {@link #encodeStat} wrote, with an ACL. */
  public static NodeMeta decodeMeta(byte[] bytes, List<Acl> acl) {
    ByteReader r = new ByteReader(bytes);
    NodeMeta meta = new NodeMeta(stat(r), acl, r.fixed());
    r.end();
    return meta;
  }

  public static byte[] encodeAcl(List<Acl> acl) {
    return new ByteWriter().list(acl, Codec::acl).toByteArray();
  }

  public static List<Acl> decodeAcl(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    List<Acl> acl = r.list(Codec::acl);
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

  private static void request(ByteWriter w, Request request) {
    if (request instanceof Request.OfSession s) {
      w.u8(1)
          .fixed(s.sessionId())
          .number(s.epoch())
          .number(s.seq())
          .list(s.credentials(), (x, c) -> x.text(c.scheme()).bytes(c.auth()));
      operation(w, s.operation());
    } else if (request instanceof Request.Sync s) {
      w.u8(2).fixed(s.token());
    } else if (request instanceof Request.Suspicion s) {
      w.u8(3).text(s.process()).number(s.counter()).number(s.stillMillis());
    } else if (request instanceof Request.Maintenance m) {
      w.u8(4);
      operation(w, m.operation());
    }
  }

  private static Request request(ByteReader r) {
    int kind = r.u8();
    return switch (kind) {
      case 1 ->
          new Request.OfSession(
              r.fixed(),
              r.int32(),
              r.number(),
              r.list(x -> new Credential(x.text(), x.bytes())),
              operation(r));
      case 2 -> new Request.Sync(r.fixed());
      case 3 -> new Request.Suspicion(r.text(), r.number(), r.number());
      case 4 -> {
        if (operation(r) instanceof Operation.DeleteContainer d) {
          yield new Request.Maintenance(d);
        }
        throw new MalformedDataException("no maintenance");
      }
      default -> throw new MalformedDataException("unknown request " + kind);
    };
  }

  private static void operation(ByteWriter w, Operation operation) {
    if (operation instanceof Operation.Create o) {
      w.u8(1).text(o.path()).optional(o.data(), ByteWriter::bytes).list(o.acl(), Codec::acl);
      w.u8(o.mode().toFlag()).number(o.ttlMillis());
    } else if (operation instanceof Operation.Delete o) {
      w.u8(2).text(o.path()).number(o.version());
    } else if (operation instanceof Operation.SetData o) {
      w.u8(3).text(o.path()).optional(o.data(), ByteWriter::bytes).number(o.version());
    } else if (operation instanceof Operation.Check o) {
      w.u8(4).text(o.path()).number(o.version());
    } else if (operation instanceof Operation.SetAcl o) {
      w.u8(5).text(o.path()).list(o.acl(), Codec::acl).number(o.version());
    } else if (operation instanceof Operation.DeleteContainer o) {
      w.u8(6).text(o.path());
    } else if (operation instanceof Operation.Multi o) {
      w.u8(7).list(o.operations(), Codec::operation);
    } else if (operation instanceof Operation.CreateSession o) {
      w.u8(8).number(o.timeoutMillis());
    } else if (operation instanceof Operation.AttachSession o) {
      w.u8(9)
          .bytes(o.password())
          .number(o.timeoutMillis())
          .number(o.lastZxidSeen())
          .fixed(o.token());
    } else if (operation instanceof Operation.CloseSession) {
      w.u8(10);
    }
  }

  private static Operation operation(ByteReader r) {
    int kind = r.u8();
    return switch (kind) {
      case 5 -> new Operation.SetAcl(r.text(), r.list(Codec::acl), r.int32());
      case 6 -> new Operation.DeleteContainer(r.text());
      case 7 -> new Operation.Multi(r.list(x -> simple(x.u8(), x)));
      case 8 -> new Operation.CreateSession(r.int32());
      case 9 -> new Operation.AttachSession(r.bytes(), r.int32(), r.number(), r.fixed());
      case 10 -> new Operation.CloseSession();
      default -> simple(kind, r);
    };
  }

  /** What can be part of a multi: no other multi, so that no bytes make this recurse. */
  private static Operation.Simple simple(int kind, ByteReader r) {
    return switch (kind) {
      case 1 ->
          new Operation.Create(
              r.text(),
              r.optional(ByteReader::bytes),
              r.list(Codec::acl),
              mode(r.u8()),
              r.number());
      case 2 -> new Operation.Delete(r.text(), r.int32());
      case 3 -> new Operation.SetData(r.text(), r.optional(ByteReader::bytes), r.int32());
      case 4 -> new Operation.Check(r.text(), r.int32());
      default -> throw new MalformedDataException("unknown or misplaced operation " + kind);
    };
  }

  private static CreateMode mode(int flag) {
    try {
      return CreateMode.fromFlag(flag);
    } catch (KeeperException e) {
      throw new MalformedDataException("unknown create mode " + flag, e);
    }
  }

  private static void entry(ByteWriter w, LogEntry e) {
    w.number(e.zxid()).optional(e.session(), Codec::session);
    w.number(e.seq()).number(e.previousRecord()).flag(e.answer());
    result(w, e.result());
    w.list(e.nodes(), Codec::node).text(e.taken());
  }

  private static LogEntry entry(ByteReader r) {
    return new LogEntry(
        r.number(),
        r.optional(Codec::session),
        r.number(),
        r.number(),
        r.flag(),
        result(r),
        r.list(Codec::node),
        r.text());
  }

  private static void node(ByteWriter w, NodeChange c) {
    w.text(c.path()).member(c.kind());
    stat(w, c.stat());
    w.fixed(c.childSum());
    w.optional(c.acl(), (x, acl) -> x.list(acl, Codec::acl));
    w.optional(c.data(), ByteWriter::bytes);
  }

  private static NodeChange node(ByteReader r) {
    return new NodeChange(
        r.text(),
        r.member(NodeChange.Kind.values()),
        stat(r),
        r.fixed(),
        r.optional(x -> x.list(Codec::acl)),
        r.optional(ByteReader::bytes));
  }

  /** A session's row. */
  public static byte[] encode(SessionState session) {
    ByteWriter w = new ByteWriter();
    session(w, session);
    return w.toByteArray();
  }

  public static SessionState decodeSession(byte[] bytes) {
    ByteReader r = new ByteReader(bytes);
    SessionState session = session(r);
    r.end();
    return session;
  }

  private static void session(ByteWriter w, SessionState s) {
    w.fixed(s.id()).number(s.touched()).member(s.status()).number(s.timeoutMillis());
    w.text(s.process())
        .number(s.epoch())
        .fixed(s.token())
        .number(s.lastSeq())
        .number(s.lastRecord());
  }

  private static SessionState session(ByteReader r) {
    return new SessionState(
        r.fixed(),
        r.number(),
        r.member(SessionState.Status.values()),
        r.int32(),
        r.text(),
        r.int32(),
        r.fixed(),
        r.number(),
        r.number());
  }

  private static void result(ByteWriter w, Result result) {
    if (result instanceof Result.Failed x) {
      w.u8(1).number(x.code().intValue());
    } else if (result instanceof Result.Created x) {
      w.u8(2).text(x.path());
      stat(w, x.stat());
    } else if (result instanceof Result.Deleted) {
      w.u8(3);
    } else if (result instanceof Result.DataSet x) {
      w.u8(4);
      stat(w, x.stat());
    } else if (result instanceof Result.AclSet x) {
      w.u8(5);
      stat(w, x.stat());
    } else if (result instanceof Result.Checked) {
      w.u8(6);
    } else if (result instanceof Result.MultiResult x) {
      w.u8(7).number(x.failure().intValue()).list(x.results(), Codec::result);
    } else if (result instanceof Result.SessionOpened x) {
      w.u8(8).number(x.epoch()).number(x.timeoutMillis());
    } else if (result instanceof Result.SessionClosed) {
      w.u8(9);
    } else if (result instanceof Result.Refused x) {
      w.u8(10).text(x.reason());
    }
  }

  private static Result result(ByteReader r) {
    int kind = r.u8();
    return kind == 7
        ? new Result.MultiResult(code(r), r.list(x -> simpleResult(x.u8(), x)))
        : simpleResult(kind, r);
  }

  /** What can be part of a multi's result: no other one. */
  private static Result simpleResult(int kind, ByteReader r) {
    return switch (kind) {
      case 1 -> new Result.Failed(code(r));
      case 2 -> new Result.Created(r.text(), stat(r));
      case 3 -> new Result.Deleted();
      case 4 -> new Result.DataSet(stat(r));
      case 5 -> new Result.AclSet(stat(r));
      case 6 -> new Result.Checked();
      case 8 -> new Result.SessionOpened(r.int32(), r.int32());
      case 9 -> new Result.SessionClosed();
      case 10 -> new Result.Refused(r.text());
      default -> throw new MalformedDataException("unknown or misplaced result " + kind);
    };
  }

  private static Code code(ByteReader r) {
    int value = r.int32();
    Code code = Code.get(value);
    if (code == null) {
      throw new MalformedDataException("unknown error code " + value);
    }
    return code;
  }

  private static void answer(ByteWriter w, Push.Answer a) {
    w.number(a.zxid()).fixed(a.sessionId()).number(a.epoch()).number(a.seq()).fixed(a.token());
    result(w, a.result());
    w.bytes(a.password());
  }

  private static Push.Answer answer(ByteReader r) {
    return new Push.Answer(
        r.number(), r.fixed(), r.int32(), r.number(), r.fixed(), result(r), r.bytes());
  }

  private static void event(ByteWriter w, MailboxEvent e) {
    w.number(e.index()).member(e.kind()).text(e.path());
    w.optional(e.acl(), (x, acl) -> x.list(acl, Codec::acl));
  }

  private static MailboxEvent event(ByteReader r) {
    return new MailboxEvent(
        r.int32(),
        r.member(MailboxEvent.Kind.values()),
        r.text(),
        r.optional(x -> x.list(Codec::acl)));
  }

  private static void acl(ByteWriter w, Acl a) {
    w.number(a.perms()).text(a.scheme()).text(a.id());
  }

  private static Acl acl(ByteReader r) {
    return new Acl(r.int32(), r.text(), r.text());
  }

  private static void stat(ByteWriter w, NodeStat s) {
    w.number(s.czxid()).number(s.mzxid()).number(s.ctime()).number(s.mtime());
    w.number(s.version()).number(s.cversion()).number(s.aversion()).number(s.ephemeralOwner());
    w.number(s.dataLength()).number(s.numChildren()).number(s.pzxid());
  }

  private static NodeStat stat(ByteReader r) {
    return new NodeStat(
        r.number(),
        r.number(),
        r.number(),
        r.number(),
        r.int32(),
        r.int32(),
        r.int32(),
        r.number(),
        r.int32(),
        r.int32(),
        r.number());
  }
}
