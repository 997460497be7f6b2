package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.jute.InputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.SetDataRequest;

/** Several operations in one request. */
final class MultiRequests {
  /** No TTL: who asks for it has bad arguments. */
  private static final long NEVER = -1;

  private static final byte[] NOTHING = {};

  private MultiRequests() {}

  static Exchange multi(InputArchive body) throws IOException {
    MultiOperationRecord r = new MultiOperationRecord();
    r.deserialize(body, "request");
    List<Operation.Simple> operations = new ArrayList<>(r.size());
    List<Integer> types = new ArrayList<>(r.size());
    for (Op op : r) {
      operations.add(operation(op));
      types.add(op.getType());
    }
    return new Exchange(
        new ClientRequest.Write(new Operation.Multi(operations)), new Answers.OfMulti(types));
  }

  /** Flags that mean nothing fail in their turn, and so they become a TTL that can't be. */
  private static Operation.Simple operation(Op op) throws IOException {
    String path = Jute.present(op.getPath());
    try {
      return operation(op.getType(), op.toRequestRecord());
    } catch (KeeperException.BadArgumentsException e) {
      return new Operation.Create(path, NOTHING, List.of(), CreateMode.PERSISTENT_WITH_TTL, NEVER);
    } catch (KeeperException e) {
      throw new IOException(e);
    }
  }

  private static Operation.Simple operation(int type, Record record)
      throws IOException, KeeperException {
    if (record instanceof CreateTTLRequest ttl) {
      return WriteRequests.createTtl(ttl, CreateMode.fromFlag(ttl.getFlags()));
    }
    if (record instanceof CreateRequest create) {
      return type == OpCode.createContainer
          ? WriteRequests.createContainer(create)
          : WriteRequests.create(create, WriteRequests.plainMode(create.getFlags()));
    }
    if (record instanceof DeleteRequest delete) {
      return new Operation.Delete(Jute.present(delete.getPath()), delete.getVersion());
    }
    if (record instanceof SetDataRequest set) {
      return new Operation.SetData(Jute.present(set.getPath()), set.getData(), set.getVersion());
    }
    if (record instanceof CheckVersionRequest check) {
      return new Operation.Check(Jute.present(check.getPath()), check.getVersion());
    }
    throw new IOException("no operation of a multi: type " + type);
  }

  static Exchange multiRead(InputArchive body) throws IOException {
    MultiOperationRecord r = new MultiOperationRecord();
    r.deserialize(body, "request");
    if (r.getOpKind() == Op.OpKind.TRANSACTION) {
      return new Exchange(
          new ClientRequest.Reject(Code.MARSHALLINGERROR.intValue()), new Answers.OfNoReads());
    }
    List<ClientRequest.Read> reads = new ArrayList<>(r.size());
    for (Op op : r) {
      String path = op.getPath();
      if (path == null) {
        return new Exchange(new ClientRequest.MultiRead(reads), new Answers.OfReadsUpToStumble());
      }
      reads.add(
          switch (op.getType()) {
            case OpCode.getData -> new ClientRequest.GetData(path, false);
            case OpCode.getChildren -> new ClientRequest.GetChildren(path, false);
            default -> throw new IOException("no read: type " + op.getType());
          });
    }
    return new Exchange(new ClientRequest.MultiRead(reads), Answers::reads);
  }
}
