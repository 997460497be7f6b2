package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.Reply;
import io.faaskeeper.model.Result;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.jute.Record;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.data.ClientInfo;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.jspecify.annotations.Nullable;

/** The answers that carry more than a header, or end the connection. */
final class Answers {
  private Answers() {}

  static Record created(Reply reply) {
    return new CreateResponse(((Result.Created) result(reply)).path());
  }

  static Record created2(Reply reply) {
    Result.Created created = (Result.Created) result(reply);
    return new Create2Response(created.path(), Jute.stat(created.stat()));
  }

  static Record dataSet(Reply reply) {
    return new SetDataResponse(Jute.stat(((Result.DataSet) result(reply)).stat()));
  }

  static Record aclSet(Reply reply) {
    return new SetACLResponse(Jute.stat(((Result.AclSet) result(reply)).stat()));
  }

  static Record stat(Reply reply) {
    return new ExistsResponse(Jute.stat(((Reply.StatBody) reply.body()).stat()));
  }

  static Record data(Reply reply) {
    Reply.Data data = (Reply.Data) reply.body();
    return new GetDataResponse(data.data(), Jute.stat(data.stat()));
  }

  static Record acl(Reply reply) {
    Reply.AclBody acl = (Reply.AclBody) reply.body();
    return new GetACLResponse(Jute.acls(acl.acl()), Jute.stat(acl.stat()));
  }

  static Record children(Reply reply) {
    return new GetChildrenResponse(((Reply.Children) reply.body()).names());
  }

  static Record children2(Reply reply) {
    Reply.Children children = (Reply.Children) reply.body();
    return new GetChildren2Response(children.names(), Jute.stat(children.stat()));
  }

  static Record count(Reply reply) {
    return new GetAllChildrenNumberResponse(((Reply.Count) reply.body()).count());
  }

  static Record paths(Reply reply) {
    return new GetEphemeralsResponse(((Reply.Paths) reply.body()).paths());
  }

  static Record identities(Reply reply) {
    return new WhoAmIResponse(
        ((Reply.Identities) reply.body())
            .identities().stream().map(i -> new ClientInfo(i.scheme(), i.id())).toList());
  }

  /** Each read of a multiRead, with its own error. */
  static Record reads(Reply reply) {
    MultiResponse response = new MultiResponse();
    for (Reply each : ((Reply.Reads) reply.body()).replies()) {
      response.add(read(each));
    }
    return response;
  }

  private static OpResult read(Reply reply) {
    if (reply.body() instanceof Reply.Data data) {
      return new OpResult.GetDataResult(data.data(), Jute.stat(data.stat()));
    }
    if (reply.body() instanceof Reply.Children children) {
      return new OpResult.GetChildrenResult(children.names());
    }
    return new OpResult.ErrorResult(reply.code().intValue());
  }

  private static Result result(Reply reply) {
    return ((Reply.Written) reply.body()).result();
  }

  /**
   * Of a multi, also of one that failed: its header is OK, and the body tells which operation was
   * at fault.
   *
   * @param types the operations' type codes, from which the form of their results follows
   */
  record OfMulti(List<Integer> types) implements Answer {
    @Override
    public Record body(Reply reply) {
      List<Result> results = ((Result.MultiResult) result(reply)).results();
      MultiResponse response = new MultiResponse();
      for (int i = 0; i < results.size(); i++) {
        response.add(of(types.get(i), results.get(i)));
      }
      return response;
    }

    private static OpResult of(int type, Result result) {
      if (result instanceof Result.Created created) {
        return type == OpCode.create
            ? new OpResult.CreateResult(created.path())
            : new OpResult.CreateResult(created.path(), Jute.stat(created.stat()));
      }
      if (result instanceof Result.DataSet set) {
        return new OpResult.SetDataResult(Jute.stat(set.stat()));
      }
      if (result instanceof Result.Deleted) {
        return new OpResult.DeleteResult();
      }
      if (result instanceof Result.Checked) {
        return new OpResult.CheckResult();
      }
      return new OpResult.ErrorResult(result.code().intValue());
    }
  }

  /** Of auth: with zxid 0, and the end if it failed. */
  static final class OfAuth implements Answer {
    @Override
    public @Nullable Record body(Reply reply) {
      return null;
    }

    @Override
    public long zxid(Reply reply) {
      return 0;
    }

    @Override
    public boolean last(Reply reply) {
      return reply.code() != Code.OK;
    }
  }

  /** Of closeSession: the end. */
  static final class OfClose implements Answer {
    @Override
    public @Nullable Record body(Reply reply) {
      return null;
    }

    @Override
    public boolean last(Reply reply) {
      return true;
    }
  }

  /** Of a type that ZooKeeper's server does not know: with zxid -1, and the end. */
  static final class OfUnknown implements Answer {
    @Override
    public @Nullable Record body(Reply reply) {
      return null;
    }

    @Override
    public long zxid(Reply reply) {
      return -1;
    }

    @Override
    public boolean last(Reply reply) {
      return true;
    }
  }

  /** Of a multiRead that asks for no reads: the one error that comes with a body, an empty one. */
  static final class OfNoReads implements Answer {
    @Override
    public Record body(Reply reply) {
      return new MultiResponse();
    }

    @Override
    public ByteBuffer frame(int xid, Reply reply, ByteBuffer established) {
      return Jute.frame(new ReplyHeader(xid, zxid(reply), reply.code().intValue()), body(reply));
    }
  }

  /** Of a request that had an effect, but could not be read to its end. */
  static final class OfStumble implements Answer {
    @Override
    public @Nullable Record body(Reply reply) {
      return null;
    }

    @Override
    public ByteBuffer frame(int xid, Reply reply, ByteBuffer established) {
      Code code = reply.code() == Code.OK ? Code.MARSHALLINGERROR : reply.code();
      return Jute.frame(new ReplyHeader(xid, zxid(reply), code.intValue()), null);
    }
  }

  /** Of a multiRead that lacks a path: the reads before it come with the error. */
  static final class OfReadsUpToStumble implements Answer {
    @Override
    public Record body(Reply reply) {
      return reads(reply);
    }

    @Override
    public ByteBuffer frame(int xid, Reply reply, ByteBuffer established) {
      return reply.code() == Code.OK
          ? Jute.frame(
              new ReplyHeader(xid, zxid(reply), Code.MARSHALLINGERROR.intValue()), body(reply))
          : Answer.super.frame(xid, reply, established);
    }
  }

  /** Of a createSession within a session: what the connection began with, once more. */
  static final class OfSession implements Answer {
    @Override
    public @Nullable Record body(Reply reply) {
      return null;
    }

    @Override
    public ByteBuffer frame(int xid, Reply reply, ByteBuffer established) {
      return reply.code() == Code.OK
          ? established.duplicate()
          : Answer.super.frame(xid, reply, established);
    }
  }
}
