package io.faaskeeper.parity;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jute.Record;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.SetSASLResponse;
import org.apache.zookeeper.proto.SyncResponse;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.jspecify.annotations.Nullable;

/** What the types of requests are answered with. */
final class Replies {
  private static final Map<Integer, Supplier<Record>> BODIES =
      Map.ofEntries(
          entry(OpCode.create, CreateResponse::new),
          entry(OpCode.create2, Create2Response::new),
          entry(OpCode.createContainer, Create2Response::new),
          entry(OpCode.createTTL, Create2Response::new),
          entry(OpCode.setData, SetDataResponse::new),
          entry(OpCode.setACL, SetACLResponse::new),
          entry(OpCode.multi, MultiResponse::new),
          entry(OpCode.multiRead, MultiResponse::new),
          entry(OpCode.exists, ExistsResponse::new),
          entry(OpCode.getData, GetDataResponse::new),
          entry(OpCode.getACL, GetACLResponse::new),
          entry(OpCode.getChildren, GetChildrenResponse::new),
          entry(OpCode.getChildren2, GetChildren2Response::new),
          entry(OpCode.getAllChildrenNumber, GetAllChildrenNumberResponse::new),
          entry(OpCode.getEphemerals, GetEphemeralsResponse::new),
          entry(OpCode.sync, SyncResponse::new),
          entry(OpCode.whoAmI, WhoAmIResponse::new),
          entry(OpCode.addWatch, ErrorResponse::new),
          entry(OpCode.sasl, SetSASLResponse::new));

  private static final Set<Integer> WRITES =
      Set.of(
          OpCode.create,
          OpCode.create2,
          OpCode.createContainer,
          OpCode.createTTL,
          OpCode.delete,
          OpCode.deleteContainer,
          OpCode.setData,
          OpCode.setACL,
          OpCode.multi,
          OpCode.closeSession);

  private Replies() {}

  /** An empty body for an answer without error, or null if there is nothing but a header. */
  static @Nullable Record body(int type) {
    Supplier<Record> body = BODIES.get(type);
    return body == null ? null : body.get();
  }

  static boolean isWrite(int type) {
    return WRITES.contains(type);
  }
}
