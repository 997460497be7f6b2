package io.faaskeeper.model;

import org.apache.zookeeper.KeeperException.Code;

/** The binary form of results. */
final class ResultCodec {
  private ResultCodec() {}

  static void result(ByteWriter w, Result result) {
    if (result instanceof Result.Failed x) {
      w.u8(1).number(x.code().intValue());
    } else if (result instanceof Result.Created x) {
      w.u8(2).text(x.path());
      ValueCodec.stat(w, x.stat());
    } else if (result instanceof Result.Deleted) {
      w.u8(3);
    } else if (result instanceof Result.DataSet x) {
      w.u8(4);
      ValueCodec.stat(w, x.stat());
    } else if (result instanceof Result.AclSet x) {
      w.u8(5);
      ValueCodec.stat(w, x.stat());
    } else if (result instanceof Result.Checked) {
      w.u8(6);
    } else if (result instanceof Result.MultiResult x) {
      w.u8(7).number(x.failure().intValue()).list(x.results(), ResultCodec::result);
    } else if (result instanceof Result.SessionOpened x) {
      w.u8(8).number(x.epoch()).number(x.timeoutMillis());
    } else if (result instanceof Result.SessionClosed) {
      w.u8(9);
    } else if (result instanceof Result.Refused x) {
      w.u8(10).text(x.reason());
    }
  }

  static Result result(ByteReader r) {
    int kind = r.u8();
    return kind == 7
        ? new Result.MultiResult(code(r), r.list(x -> simpleResult(x.u8(), x)))
        : simpleResult(kind, r);
  }

  /** What can be part of a multi's result: no other one. */
  private static Result simpleResult(int kind, ByteReader r) {
    return switch (kind) {
      case 1 -> new Result.Failed(code(r));
      case 2 -> new Result.Created(r.text(), ValueCodec.stat(r));
      case 3 -> new Result.Deleted();
      case 4 -> new Result.DataSet(ValueCodec.stat(r));
      case 5 -> new Result.AclSet(ValueCodec.stat(r));
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
}
