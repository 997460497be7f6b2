package io.faaskeeper.model;

import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;

/** The binary form of requests and their operations. */
final class RequestCodec {
  private RequestCodec() {}

  static void request(ByteWriter w, Request request) {
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
    } else if (request instanceof Request.Stray s) {
      w.u8(5).text(s.path()).number(s.czxid());
    }
  }

  static Request request(ByteReader r) {
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
      case 5 -> new Request.Stray(r.text(), r.number());
      default -> throw new MalformedDataException("unknown request " + kind);
    };
  }

  static void operation(ByteWriter w, Operation operation) {
    if (operation instanceof Operation.Create o) {
      w.u8(1).text(o.path()).optional(o.data(), ByteWriter::bytes).list(o.acl(), ValueCodec::acl);
      w.u8(o.mode().toFlag()).number(o.ttlMillis());
    } else if (operation instanceof Operation.Delete o) {
      w.u8(2).text(o.path()).number(o.version());
    } else if (operation instanceof Operation.SetData o) {
      w.u8(3).text(o.path()).optional(o.data(), ByteWriter::bytes).number(o.version());
    } else if (operation instanceof Operation.Check o) {
      w.u8(4).text(o.path()).number(o.version());
    } else if (operation instanceof Operation.SetAcl o) {
      w.u8(5).text(o.path()).list(o.acl(), ValueCodec::acl).number(o.version());
    } else if (operation instanceof Operation.DeleteContainer o) {
      w.u8(6).text(o.path());
    } else if (operation instanceof Operation.Multi o) {
      w.u8(7).list(o.operations(), RequestCodec::operation);
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

  static Operation operation(ByteReader r) {
    int kind = r.u8();
    return switch (kind) {
      case 5 -> new Operation.SetAcl(r.text(), r.list(ValueCodec::acl), r.int32());
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
              r.list(ValueCodec::acl),
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
}
