package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Operation;
import java.io.IOException;
import org.apache.jute.InputArchive;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.DeleteContainerRequest;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;

/** Requests that are logged, but for multis. */
final class WriteRequests {
  /** The TTL of a request that has none. */
  private static final long NO_TTL = -1;

  private WriteRequests() {}

  static Exchange create(InputArchive body) throws IOException {
    return plainCreate(body, Answers::created);
  }

  static Exchange create2(InputArchive body) throws IOException {
    return plainCreate(body, Answers::created2);
  }

  private static Exchange plainCreate(InputArchive body, Answer answer) throws IOException {
    CreateRequest r = new CreateRequest();
    r.deserialize(body, "request");
    try {
      return write(create(r, plainMode(r.getFlags())), answer);
    } catch (KeeperException e) {
      return Exchange.rejected(e.code());
    }
  }

  static Exchange createContainer(InputArchive body) throws IOException {
    CreateRequest r = new CreateRequest();
    r.deserialize(body, "request");
    try {
      return write(createContainer(r), Answers::created2);
    } catch (KeeperException e) {
      return Exchange.rejected(e.code());
    }
  }

  static Exchange createTtl(InputArchive body) throws IOException {
    CreateTTLRequest r = new CreateTTLRequest();
    r.deserialize(body, "request");
    try {
      CreateMode mode = CreateMode.fromFlag(r.getFlags());
      return mode.isTTL()
          ? write(createTtl(r, mode), Answers::created2)
          : Exchange.rejected(Code.BADARGUMENTS);
    } catch (KeeperException e) {
      return Exchange.rejected(e.code());
    }
  }

  static Exchange delete(InputArchive body) throws IOException {
    DeleteRequest r = new DeleteRequest();
    r.deserialize(body, "request");
    return write(new Operation.Delete(Jute.present(r.getPath()), r.getVersion()), Answer.HEADER);
  }

  static Exchange deleteContainer(InputArchive body) throws IOException {
    DeleteContainerRequest r = new DeleteContainerRequest();
    r.deserialize(body, "request");
    return write(new Operation.DeleteContainer(Jute.present(r.getPath())), Answer.HEADER);
  }

  static Exchange setData(InputArchive body) throws IOException {
    SetDataRequest r = new SetDataRequest();
    r.deserialize(body, "request");
    return write(
        new Operation.SetData(Jute.present(r.getPath()), r.getData(), r.getVersion()),
        Answers::dataSet);
  }

  static Exchange setAcl(InputArchive body) throws IOException {
    SetACLRequest r = new SetACLRequest();
    r.deserialize(body, "request");
    return write(
        new Operation.SetAcl(Jute.present(r.getPath()), Jute.acl(r.getAcl()), r.getVersion()),
        Answers::aclSet);
  }

  static Exchange closeSession(InputArchive body) {
    return write(new Operation.CloseSession(), new Answers.OfClose());
  }

  static Operation.Create create(CreateRequest r, CreateMode mode) throws IOException {
    return new Operation.Create(
        Jute.present(r.getPath()), r.getData(), Jute.acl(r.getAcl()), mode, NO_TTL);
  }

  static Operation.Create createTtl(CreateTTLRequest r, CreateMode mode) throws IOException {
    return new Operation.Create(
        Jute.present(r.getPath()), r.getData(), Jute.acl(r.getAcl()), mode, r.getTtl());
  }

  /** A plain create makes no container, whatever its flags. */
  static CreateMode plainMode(int flags) throws KeeperException {
    CreateMode mode = CreateMode.fromFlag(flags);
    return mode.isContainer() ? CreateMode.PERSISTENT : mode;
  }

  /**
   * The type createContainer makes a container whatever the flags, but a sequential one if they say
   * so. A container has no TTL.
   */
  static Operation.Create createContainer(CreateRequest r) throws IOException, KeeperException {
    CreateMode mode = CreateMode.fromFlag(r.getFlags());
    if (mode.isTTL()) {
      throw new KeeperException.BadArgumentsException();
    }
    return new Operation.Create(
        Jute.present(r.getPath()),
        r.getData(),
        Jute.acl(r.getAcl()),
        mode.isSequential() ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.CONTAINER,
        Operation.Create.CONTAINER);
  }

  private static Exchange write(Operation operation, Answer answer) {
    return new Exchange(new ClientRequest.Write(operation), answer);
  }
}
