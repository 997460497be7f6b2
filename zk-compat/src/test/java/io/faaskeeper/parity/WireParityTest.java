package io.faaskeeper.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jute.InputArchive;
import org.apache.jute.OutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.DeleteContainerRequest;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.MultiOperationRecord;
import org.apache.zookeeper.MultiResponse;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.Create2Response;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateResponse;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.ExistsResponse;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetACLResponse;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberResponse;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildren2Response;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetChildrenResponse;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetDataResponse;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.GetEphemeralsResponse;
import org.apache.zookeeper.proto.GetSASLRequest;
import org.apache.zookeeper.proto.ReconfigRequest;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetACLResponse;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SetDataResponse;
import org.apache.zookeeper.proto.SetSASLResponse;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.apache.zookeeper.proto.SyncRequest;
import org.apache.zookeeper.proto.SyncResponse;
import org.apache.zookeeper.proto.WhoAmIResponse;
import org.apache.zookeeper.txn.CreateSessionTxn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same frames to a real server and to a protocol session in front of a deployment in memory:
 * the bytes that come back must be the same, but for times and the numbers of zxids and sessions.
 */
@Timeout(120)
final class WireParityTest {
  private static final int TIMEOUT_MILLIS = 20_000;

  /** The end of a note of this error. */
  private static final String UNIMPLEMENTED = " " + Code.UNIMPLEMENTED.intValue();

  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  /** A talk. */
  interface Script {
    void play(Dialogue d) throws Exception;
  }

  @TempDir @Nullable Path folder;

  @Test
  void sessions() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          d.begin(1);
          d.begin(Integer.MAX_VALUE);
          d.attach(TIMEOUT_MILLIS, null);
          d.askAs("ping", -2, OpCode.ping, null);
          d.askAs("ping by another xid", 77, OpCode.ping, null);
          d.ask(
              "createSession", OpCode.createSession, ConnectResponse::new, new CreateSessionTxn(9));
          d.attach(TIMEOUT_MILLIS, new byte[16]);
          d.attach(TIMEOUT_MILLIS, null);
          d.ask("close", OpCode.closeSession, null);
          d.hear("after the close", null);
          d.attach(TIMEOUT_MILLIS, null);
          d.begin(TIMEOUT_MILLIS);
          d.dream();
          d.attach(TIMEOUT_MILLIS, null);
        });
  }

  @Test
  void creates() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          for (CreateMode mode : CreateMode.values()) {
            for (int type : List.of(OpCode.create, OpCode.create2, OpCode.createContainer)) {
              d.ask(
                  type + " " + mode,
                  type,
                  type == OpCode.create ? CreateResponse::new : Create2Response::new,
                  create("/" + mode + "-" + type, mode));
            }
            d.ask(
                "createTTL " + mode,
                OpCode.createTTL,
                Create2Response::new,
                new CreateTTLRequest(
                    "/" + mode + "-ttl", DATA, Ids.OPEN_ACL_UNSAFE, mode.toFlag(), 5_000));
          }
          create(d, "/a");
          create(d, "/a");
          create(d, "/no/parent");
          create(d, "relative");
          create(d, "/");
          create(d, "/zookeeper");
          create(d, "/EPHEMERAL-1/child");
          d.ask("flag", OpCode.create, CreateResponse::new, flagged("/b", 99));
          d.ask("flag", OpCode.createContainer, Create2Response::new, flagged("/b", -1));
          d.ask("flag", OpCode.createTTL, Create2Response::new, ttl("/b", 99, 1));
          d.ask("ttl", OpCode.createTTL, Create2Response::new, ttl("/b", 5, 0));
          d.ask("ttl", OpCode.createTTL, Create2Response::new, ttl("/b", 5, Long.MAX_VALUE));
          d.ask(
              "no acl", OpCode.create, CreateResponse::new, new CreateRequest("/c", DATA, null, 0));
          d.ask(
              "empty acl",
              OpCode.create,
              CreateResponse::new,
              new CreateRequest("/c", DATA, List.of(), 0));
          for (Id id :
              List.of(
                  new Id("world", "someone"),
                  new Id("auth", ""),
                  new Id("nonsense", "x"),
                  new Id("digest", "x"),
                  new Id("ip", "x"))) {
            d.ask(
                id.getScheme(),
                OpCode.create2,
                Create2Response::new,
                new CreateRequest("/d", DATA, List.of(new ACL(Perms.ALL, id)), 0));
          }
          d.ask(
              "no scheme",
              OpCode.create2,
              Create2Response::new,
              new CreateRequest("/d", DATA, List.of(new ACL(Perms.ALL, new Id(null, "x"))), 0));
          d.ask(
              "auth without an id",
              OpCode.create2,
              Create2Response::new,
              new CreateRequest("/d", DATA, List.of(new ACL(Perms.ALL, new Id("auth", null))), 0));
          d.ask(
              "no id",
              OpCode.create2,
              Create2Response::new,
              new CreateRequest(
                  "/d", DATA, List.of(new ACL(Perms.ALL, new Id("digest", null))), 0));
          d.ask(
              "no path",
              OpCode.create,
              null,
              new CreateRequest(null, DATA, Ids.OPEN_ACL_UNSAFE, 0));
        });
  }

  @Test
  void writes() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          create(d, "/a");
          create(d, "/a/b");
          for (int version : new int[] {0, 0, 7, -1}) {
            d.ask("setData", OpCode.setData, SetDataResponse::new, set("/a", version));
          }
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/none", -1));
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("bad//path", -1));
          for (int version : new int[] {0, 0, 9, -1}) {
            d.ask(
                "setACL",
                OpCode.setACL,
                SetACLResponse::new,
                new SetACLRequest("/a", Ids.OPEN_ACL_UNSAFE, version));
          }
          d.ask("setACL", OpCode.setACL, SetACLResponse::new, new SetACLRequest("/a", null, -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/a", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/a/b", 4));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/a/b", 0));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/a/b", 0));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/zookeeper", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("x", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest(null, -1));
          d.ask("deleteContainer", OpCode.deleteContainer, null, new DeleteContainerRequest("/a"));
          d.ask("deleteContainer", OpCode.deleteContainer, null, new DeleteContainerRequest("/no"));
          d.ask("sync", OpCode.sync, SyncResponse::new, new SyncRequest("/a"));
          d.ask("sync", OpCode.sync, SyncResponse::new, new SyncRequest("nothing"));
          d.ask("sync", OpCode.sync, SyncResponse::new, new SyncRequest(null));
          d.ask("reconfig", OpCode.reconfig, null, new ReconfigRequest("a", "b", "c", 1));
        });
  }

  @Test
  void reads() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          create(d, "/a");
          create(d, "/a/b");
          create(d, "/a/c");
          d.ask(
              "ephemeral",
              OpCode.create,
              CreateResponse::new,
              create("/a/e", CreateMode.EPHEMERAL));
          for (String path :
              Arrays.asList("/", "/a", "/a/b", "/a/e", "/none", "/zookeeper", "/zookeeper/quota")) {
            read(d, path);
          }
          d.ask(
              "config",
              OpCode.getData,
              GetDataResponse::new,
              new GetDataRequest("/zookeeper/config", true));
          for (String path : Arrays.asList("/", "", " / ", "/a", "/a/e", "/b", null)) {
            d.ask(
                "getEphemerals " + path,
                OpCode.getEphemerals,
                GetEphemeralsResponse::new,
                new GetEphemeralsRequest(path));
          }
          d.ask(
              "multiRead",
              OpCode.multiRead,
              MultiResponse::new,
              new MultiOperationRecord(
                  List.of(
                      Op.getData("/a"),
                      Op.getChildren("/a"),
                      Op.getData("/none"),
                      Op.getChildren("/a/b"))));
          d.ask("whoAmI", OpCode.whoAmI, WhoAmIResponse::new);
        });
  }

  private static void read(Dialogue d, String path) throws Exception {
    d.ask("exists " + path, OpCode.exists, ExistsResponse::new, new ExistsRequest(path, false));
    d.ask("getData " + path, OpCode.getData, GetDataResponse::new, new GetDataRequest(path, false));
    d.ask("getACL " + path, OpCode.getACL, GetACLResponse::new, new GetACLRequest(path));
    d.ask(
        "getChildren " + path,
        OpCode.getChildren,
        GetChildrenResponse::new,
        new GetChildrenRequest(path, false));
    d.ask(
        "getChildren2 " + path,
        OpCode.getChildren2,
        GetChildren2Response::new,
        new GetChildren2Request(path, false));
    d.ask(
        "getAllChildrenNumber " + path,
        OpCode.getAllChildrenNumber,
        GetAllChildrenNumberResponse::new,
        new GetAllChildrenNumberRequest(path));
  }

  @Test
  void multis() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          create(d, "/a");
          multi(d);
          multi(
              d,
              Op.create("/a/1", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
              Op.create("/a/2", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER),
              Op.create("/a/s", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL),
              Op.create("/a/t", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_WITH_TTL, 9_000),
              Op.check("/a", 0),
              Op.setData("/a", DATA, 0),
              Op.setData("/a/1", DATA, -1),
              Op.delete("/a/1", 1));
          multi(d, Op.check("/a", 0));
          multi(
              d,
              Op.setData("/a", DATA, -1),
              Op.delete("/none", -1),
              Op.create("/a/9", DATA, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
          multi(d, Op.create("/a/9", DATA, List.of(), CreateMode.PERSISTENT), Op.delete("/a", -1));
          multi(d, Op.create("/a/9", DATA, Ids.OPEN_ACL_UNSAFE, 99));
          multi(d, Op.getData("/a"));
          d.ask(
              "multiRead of writes",
              OpCode.multiRead,
              MultiResponse::new,
              new MultiOperationRecord(List.of(Op.delete("/a", -1))));
          d.ask(
              "multiRead of nothing",
              OpCode.multiRead,
              MultiResponse::new,
              new MultiOperationRecord());
        });
  }

  private static void multi(Dialogue d, Op... ops) throws Exception {
    d.ask("multi", OpCode.multi, MultiResponse::new, new MultiOperationRecord(Arrays.asList(ops)));
  }

  @Test
  void watches() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          create(d, "/a");
          d.ask("exists", OpCode.exists, ExistsResponse::new, new ExistsRequest("/b", true));
          d.ask("getData", OpCode.getData, GetDataResponse::new, new GetDataRequest("/a", true));
          d.ask(
              "getChildren",
              OpCode.getChildren2,
              GetChildren2Response::new,
              new GetChildren2Request("/", true));
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/a", -1));
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/a", -1));
          create(d, "/b");
          for (int mode : new int[] {0, 1, 2}) {
            d.ask(
                "addWatch " + mode,
                OpCode.addWatch,
                ErrorResponse::new,
                new AddWatchRequest(mode == 0 ? "/a" : "/b", mode));
          }
          create(d, "/a/c");
          create(d, "/b/c");
          create(d, "/b/c/d");
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/b/c/d", -1));
          for (int type : new int[] {1, 2, 3, 4, 5, 6}) {
            d.ask("check", OpCode.checkWatches, null, new CheckWatchesRequest("/a", type));
            d.ask("check", OpCode.checkWatches, null, new CheckWatchesRequest("/b", type));
            d.ask("check", OpCode.checkWatches, null, new CheckWatchesRequest("/none", type));
          }
          d.ask("remove", OpCode.removeWatches, null, new RemoveWatchesRequest("/a", 3));
          d.ask("remove", OpCode.removeWatches, null, new RemoveWatchesRequest("/a", 3));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/b/c/d", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/a/c", -1));
          multi(d, Op.setData("/b", DATA, -1), Op.delete("/b/c", -1), Op.delete("/b", -1));
          d.attach(TIMEOUT_MILLIS, null);
          create(d, "/b");
          d.ask(
              "setWatches",
              OpCode.setWatches,
              null,
              new SetWatches(1, List.of("/a", "/none"), List.of("/b", "/no"), List.of("/", "/b")));
          create(d, "/no");
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/a", -1));
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/b", -1));
          d.ask(
              "setWatches2",
              OpCode.setWatches2,
              null,
              new SetWatches2(
                  Long.MAX_VALUE,
                  List.of("/a"),
                  List.of("/later"),
                  List.of("/b"),
                  List.of("/no"),
                  List.of("/b")));
          create(d, "/later");
          create(d, "/b/x");
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/a", -1));
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/no", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/no", -1));
          d.ask("delete", OpCode.delete, null, new DeleteRequest("/b/x", -1));
          d.ask(
              "setWatches of nothing",
              OpCode.setWatches,
              null,
              new SetWatches(1, null, null, null));
        });
  }

  @Test
  void authentication() throws Exception {
    same(
        d -> {
          d.begin(TIMEOUT_MILLIS);
          auth(d, "digest", "ann:secret");
          d.ask("whoAmI", OpCode.whoAmI, WhoAmIResponse::new);
          d.ask(
              "create",
              OpCode.create2,
              Create2Response::new,
              new CreateRequest("/mine", DATA, Ids.CREATOR_ALL_ACL, 0));
          read(d, "/mine");
          d.attach(TIMEOUT_MILLIS, null);
          read(d, "/mine");
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/mine", -1));
          create(d, "/mine/child");
          auth(d, "digest", "ann:secret");
          d.ask("setData", OpCode.setData, SetDataResponse::new, set("/mine", -1));
          d.ask(
              "setACL",
              OpCode.setACL,
              SetACLResponse::new,
              new SetACLRequest(
                  "/mine",
                  List.of(
                      new ACL(Perms.READ, new Id("world", "anyone")),
                      new ACL(Perms.ALL, new Id("digest", "ann:x")),
                      new ACL(Perms.ADMIN, new Id("ip", "10.0.0.0/8"))),
                  -1));
          read(d, "/mine");
          d.askAs("sasl", 5, OpCode.sasl, SetSASLResponse::new, new GetSASLRequest(new byte[] {1}));
          auth(d, "nonsense", "x");
          d.hear("after it", null);
        });
  }

  private static void auth(Dialogue d, String scheme, String text) throws Exception {
    d.askAs(
        "auth " + scheme,
        -4,
        OpCode.auth,
        null,
        new AuthPacket(0, scheme, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatCannotBeRead() throws Exception {
    Map<Integer, String> types = new TreeMap<>();
    for (int type = 1; type <= 107; type++) {
      types.put(type, "type " + type);
    }
    types.keySet().removeAll(List.of(OpCode.ping, OpCode.whoAmI));
    types.put(OpCode.error, "error");
    types.put(0, "notification");
    types.put(-77, "none");
    same(
        d -> {
          for (Map.Entry<Integer, String> type : types.entrySet()) {
            for (String body : List.of("", "0000", "7fffffff", "ffffffff")) {
              d.begin(TIMEOUT_MILLIS);
              d.ask(type.getValue() + " " + body, type.getKey(), null, new Raw(body));
              String note = d.notes().get(d.notes().size() - 1);
              if (note.endsWith(UNIMPLEMENTED)) {
                d.hear("then", null);
              } else if (!note.endsWith("end")) {
                // The connection still serves.
                d.ask("next", OpCode.whoAmI, WhoAmIResponse::new);
              }
            }
          }
          d.begin(TIMEOUT_MILLIS);
          d.ask("createSession", OpCode.createSession, null, new Raw("0000"));
        });
  }

  @Test
  void headersThatCannotBeRead() throws Exception {
    same(
        d -> {
          for (int length : List.of(0, 1, 7)) {
            d.begin(TIMEOUT_MILLIS);
            d.send("header of " + length, null, new byte[length]);
          }
        });
  }

  private void same(Script script) throws Exception {
    if (folder == null) {
      throw new AssertionError("no folder");
    }
    System.setProperty("zookeeper.extendedTypesEnabled", "true");
    List<String> theirs;
    try (RealServer server = new RealServer(folder)) {
      theirs = play(script, () -> new Line.Tcp(server.port()));
    } finally {
      System.clearProperty("zookeeper.extendedTypesEnabled");
    }
    List<String> ours;
    DeploymentConfig config =
        DeploymentConfig.parse(
            "{\"cloud-provider\": \"memory\", \"tick-time\": 3000, \"deployment-name\": \""
                + folder.getFileName().toString().replaceAll("\\W", "-")
                + "\"}");
    try (ClientRuntime runtime = Deployments.clientRuntime(config)) {
      ours = play(script, () -> new Line.Direct(runtime));
    }
    assertEquals(String.join("\n", theirs), String.join("\n", ours));
  }

  private static List<String> play(Script script, Dialogue.Lines lines) throws Exception {
    Dialogue dialogue = new Dialogue(lines);
    try {
      script.play(dialogue);
    } finally {
      dialogue.close();
    }
    return new ArrayList<>(dialogue.notes());
  }

  private static void create(Dialogue d, String path) throws Exception {
    d.ask(
        "create " + path,
        OpCode.create2,
        Create2Response::new,
        create(path, CreateMode.PERSISTENT));
  }

  private static CreateRequest create(String path, CreateMode mode) {
    return flagged(path, mode.toFlag());
  }

  private static CreateRequest flagged(String path, int flags) {
    return new CreateRequest(path, DATA, Ids.OPEN_ACL_UNSAFE, flags);
  }

  private static CreateTTLRequest ttl(String path, int flags, long ttl) {
    return new CreateTTLRequest(path, DATA, Ids.OPEN_ACL_UNSAFE, flags, ttl);
  }

  private static SetDataRequest set(String path, int version) {
    return new SetDataRequest(path, DATA, version);
  }

  /** Bytes that may be anything. */
  private record Raw(String hex) implements Record {
    @Override
    public void serialize(OutputArchive archive, String tag) throws IOException {
      for (byte b : HexFormat.of().parseHex(hex)) {
        archive.writeByte(b, tag);
      }
    }

    @Override
    public void deserialize(InputArchive archive, String tag) {
      throw new UnsupportedOperationException();
    }
  }
}
