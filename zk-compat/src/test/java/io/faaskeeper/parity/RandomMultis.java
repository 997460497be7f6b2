package io.faaskeeper.parity;

import io.faaskeeper.parity.RandomCalls.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.proto.CheckVersionRequest;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.MultiHeader;
import org.apache.zookeeper.proto.SetDataRequest;
import org.jspecify.annotations.Nullable;

/** Multis and multiReads, of the operations that belong there and of others. */
final class RandomMultis {
  private static final List<Integer> TYPES =
      List.of(
          OpCode.create,
          OpCode.create2,
          OpCode.createContainer,
          OpCode.createTTL,
          OpCode.delete,
          OpCode.setData,
          OpCode.check,
          OpCode.getData,
          OpCode.setACL);

  private final Random random;
  private final KnownNodes nodes;
  private final RandomAcls acls;

  RandomMultis(Random random, KnownNodes nodes, RandomAcls acls) {
    this.random = random;
    this.nodes = nodes;
    this.acls = acls;
  }

  Chosen next() {
    if (random.nextInt(5) == 0) {
      return raw();
    }
    int type = random.nextInt(4) == 0 ? OpCode.multiRead : OpCode.multi;
    boolean reads = random.nextInt(15) == 0 ? type == OpCode.multi : type == OpCode.multiRead;
    List<Op> ops = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    StringBuilder text = new StringBuilder("type " + type);
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      String path = i > 0 && random.nextInt(3) == 0 ? paths.get(i - 1) + "/x" : nodes.path();
      Op op = reads ? read(path) : write(path);
      ops.add(op);
      paths.add(path);
      text.append(", ").append(op.getType()).append(' ');
      text.append(RandomCalls.readable(op.toRequestRecord()));
    }
    MultiOperationRecord body = new MultiOperationRecord(ops);
    text.append(" = ").append(Dialogue.text(body));
    return new Chosen(new Call(text.toString(), type, 0, k -> Dialogue.bytes(body), false), paths);
  }

  /**
   * With parts that ZooKeeper's own client can't make. A server that stumbles over one forgets to
   * take back what those before it would have done, until it has answered.
   */
  private Chosen raw() {
    List<Record> body = new ArrayList<>();
    StringBuilder text = new StringBuilder("raw multi");
    int size = 1 + random.nextInt(3);
    for (int i = 0; i < size; i++) {
      String path = random.nextInt(20) == 0 ? null : nodes.path();
      int type = TYPES.get(random.nextInt(TYPES.size()));
      Record part = part(type, path);
      body.add(new MultiHeader(type, false, -1));
      body.add(part);
      text.append(", ").append(type).append(' ').append(RandomCalls.readable(part));
    }
    body.add(new MultiHeader(-1, true, -1));
    return new Chosen(
        new Call(
            text.toString(),
            OpCode.multi,
            0,
            k -> Dialogue.bytes(body.toArray(new Record[0])),
            true),
        List.of());
  }

  private Record part(int type, @Nullable String path) {
    List<ACL> acl = random.nextInt(10) == 0 ? List.of(new ACL(1, new Id(null, "x"))) : acls.next();
    int flags = random.nextInt(8);
    return switch (type) {
      case OpCode.create, OpCode.create2, OpCode.createContainer ->
          new CreateRequest(path, null, acl, flags);
      // Not with a negative TTL, see RandomCalls.
      case OpCode.createTTL -> new CreateTTLRequest(path, null, acl, flags, random.nextInt(3));
      case OpCode.delete -> new DeleteRequest(path, -1);
      case OpCode.setData -> new SetDataRequest(path, null, -1);
      case OpCode.getData -> new GetDataRequest(path, true);
      default -> new CheckVersionRequest(path, -1);
    };
  }

  private Op read(String path) {
    String read = random.nextInt(30) == 0 ? null : path;
    return random.nextBoolean() ? Op.getData(read) : Op.getChildren(read);
  }

  private Op write(String path) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> create(random.nextBoolean() ? path : nodes.newPath());
      case 3, 4 -> Op.setData(path, new byte[random.nextInt(9)], nodes.version(path));
      case 5, 6 -> Op.delete(path, nodes.version(path));
      default -> Op.check(path, nodes.version(path));
    };
  }

  private Op create(String path) {
    byte[] data = random.nextInt(10) == 0 ? null : new byte[random.nextInt(9)];
    List<ACL> acl = acls.next();
    CreateMode[] modes = CreateMode.values();
    CreateMode mode = modes[random.nextInt(modes.length)];
    if (random.nextInt(40) == 0) {
      return Op.create(path, data, acl, 99);
    }
    return mode.isTTL()
        ? Op.create(path, data, acl, mode, random.nextInt(10) - 1)
        : Op.create(path, data, acl, mode);
  }
}
