package io.faaskeeper.parity;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.apache.jute.InputArchive;
import org.apache.jute.OutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateOptions;
import org.apache.zookeeper.DeleteContainerRequest;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetDataResponse;

/**
 * Our operations and results in ZooKeeper's form.
 *
 * @param opCode of the request
 * @param request its body
 * @param reply what the reply's body is to be read into
 */
record Wire(int opCode, Record request, Record reply) {
  static Wire of(Operation operation) {
    if (operation instanceof Operation.Create op) {
      return create(op);
    }
    if (operation instanceof Operation.Delete op) {
      return new Wire(OpCode.delete, new DeleteRequest(op.path(), op.version()), new Nothing());
    }
    if (operation instanceof Operation.DeleteContainer op) {
      return new Wire(OpCode.deleteContainer, new DeleteContainerRequest(op.path()), new Nothing());
    }
    if (operation instanceof Operation.SetData op) {
      return new Wire(
          OpCode.setData,
          new SetDataRequest(op.path(), op.data(), op.version()),
          new SetDataResponse());
    }
    if (operation instanceof Operation.SetAcl op) {
      return new Wire(
          OpCode.setACL,
          new SetACLRequest(op.path(), acl(op.acl()), op.version()),
          new SetACLResponse());
    }
    if (operation instanceof Operation.Multi multi) {
      List<Op> ops = multi.operations().stream().map(Wire::op).toList();
      return new Wire(OpCode.multi, new MultiOperationRecord(ops), new MultiResponse());
    }
    throw new IllegalArgumentException("ZooKeeper's clients don't send " + operation);
  }

  private static Wire create(Operation.Create op) {
    int flag = op.mode().toFlag();
    if (op.mode().isTTL()) {
      Record request =
          new CreateTTLRequest(op.path(), op.data(), acl(op.acl()), flag, op.ttlMillis());
      return new Wire(OpCode.createTTL, request, new Create2Response());
    }
    return new Wire(
        op.mode().isContainer() ? OpCode.createContainer : OpCode.create2,
        new CreateRequest(op.path(), op.data(), acl(op.acl()), flag),
        new Create2Response());
  }

  private static Op op(Operation.Simple operation) {
    if (operation instanceof Operation.Create op) {
      return op.mode().isTTL()
          ? Op.create(op.path(), op.data(), acl(op.acl()), op.mode(), op.ttlMillis())
          : Op.create(
              op.path(), op.data(), CreateOptions.newBuilder(acl(op.acl()), op.mode()).build());
    }
    if (operation instanceof Operation.Delete op) {
      return Op.delete(op.path(), op.version());
    }
    if (operation instanceof Operation.SetData op) {
      return Op.setData(op.path(), op.data(), op.version());
    }
    if (operation instanceof Operation.Check op) {
      return Op.check(op.path(), op.version());
    }
    throw new IllegalArgumentException("no part of a multi: " + operation);
  }

  /**
   * What the server answered. Its Stats have no times.
   *
   * @param zxids ours for each of the server's
   */
  Result result(int error, LongUnaryOperator zxids) {
    if (error != 0) {
      return new Result.Failed(Code.get(error));
    }
    if (reply instanceof Create2Response r) {
      return new Result.Created(r.getPath(), stat(r.getStat(), zxids));
    }
    if (reply instanceof SetDataResponse r) {
      return new Result.DataSet(stat(r.getStat(), zxids));
    }
    if (reply instanceof SetACLResponse r) {
      return new Result.AclSet(stat(r.getStat(), zxids));
    }
    return reply instanceof MultiResponse r ? multi(r, zxids) : new Result.Deleted();
  }

  private static Result multi(MultiResponse response, LongUnaryOperator zxids) {
    List<Result> results = new ArrayList<>();
    Code failure = Code.OK;
    for (OpResult r : response) {
      Result result = result(r, zxids);
      results.add(result);
      if (failure == Code.OK) {
        failure = result.code();
      }
    }
    return new Result.MultiResult(failure, results);
  }

  private static Result result(OpResult result, LongUnaryOperator zxids) {
    if (result instanceof OpResult.CreateResult r) {
      return new Result.Created(r.getPath(), stat(r.getStat(), zxids));
    }
    if (result instanceof OpResult.SetDataResult r) {
      return new Result.DataSet(stat(r.getStat(), zxids));
    }
    if (result instanceof OpResult.ErrorResult r) {
      return new Result.Failed(Code.get(r.getErr()));
    }
    return result instanceof OpResult.CheckResult ? new Result.Checked() : new Result.Deleted();
  }

  /** A Stat without its times, with our zxids. */
  static NodeStat stat(Stat s, LongUnaryOperator zxids) {
    return new NodeStat(
        zxids.applyAsLong(s.getCzxid()),
        zxids.applyAsLong(s.getMzxid()),
        0,
        0,
        s.getVersion(),
        s.getCversion(),
        s.getAversion(),
        s.getEphemeralOwner(),
        s.getDataLength(),
        s.getNumChildren(),
        zxids.applyAsLong(s.getPzxid()));
  }

  private static List<ACL> acl(List<Acl> acl) {
    return acl.stream().map(a -> new ACL(a.perms(), new Id(a.scheme(), a.id()))).toList();
  }

  /** No body. */
  static final class Nothing implements Record {
    @Override
    public void serialize(OutputArchive archive, String tag) {}

    @Override
    public void deserialize(InputArchive archive, String tag) {}
  }
}
