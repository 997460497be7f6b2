package io.faaskeeper.parity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.NodeChange;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.NodeStat;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Result;
import io.faaskeeper.parity.RawClient.Event;
import io.faaskeeper.processor.AclRules;
import io.faaskeeper.processor.EphemeralOwner;
import io.faaskeeper.processor.ModelTree;
import io.faaskeeper.processor.Verdict;
import io.faaskeeper.processor.WriteContext;
import io.faaskeeper.processor.WriteProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.ClientCnxn;
import org.apache.zookeeper.KeeperException.NoNodeException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.AuthPacket;
import org.apache.zookeeper.proto.ErrorResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.server.DataNode;
import org.apache.zookeeper.server.DataTree;

/** Gives every operation to the processor and to a server, as one session, and compares. */
final class Comparison {
  private final DataTree theirs;
  private final RawClient client;
  private final WriteProcessor processor;
  private final String superDigest;
  private final ModelTree ours = new ModelTree();
  private final Map<Long, Long> zxids = new HashMap<>(Map.of(0L, 0L));
  private final List<Credential> credentials = new ArrayList<>();
  private final Set<String> watched = new HashSet<>();
  private int requests;

  Comparison(RealServer server, RawClient client, WriteProcessor processor, String superDigest) {
    this.theirs = server.tree();
    this.client = client;
    this.processor = processor;
    this.superDigest = superDigest;
    credentials.add(new Credential("ip", "127.0.0.1".getBytes(StandardCharsets.UTF_8)));
  }

  /** Arms a persistent watch, there. */
  void watch(String path) throws IOException {
    AddWatchRequest request = new AddWatchRequest(path, AddWatchMode.PERSISTENT.getMode());
    client.send(0, OpCode.addWatch, request);
    assertEquals(0, client.receive(new ErrorResponse(), new ArrayList<>()).getErr());
    watched.add(path);
  }

  void authenticate(Credential credential) throws IOException {
    AuthPacket packet = new AuthPacket(0, credential.scheme(), credential.auth());
    client.send(ClientCnxn.AUTHPACKET_XID, OpCode.auth, packet);
    assertEquals(0, client.receive(new Wire.Nothing(), new ArrayList<>()).getErr());
    credentials.add(credential);
  }

  /**
   * Sends at most {@code count} operations without waiting, then compares the answers and events.
   * After a change of an ACL it waits: a server that has not applied it yet judges by the old one.
   */
  void perform(int count, Function<ModelTree, Operation> choose) throws IOException {
    List<Operation> operations = new ArrayList<>();
    List<Result> expected = new ArrayList<>();
    List<Event> expectedEvents = new ArrayList<>();
    int first = requests + 1;
    boolean settled = true;
    while (settled && operations.size() < count) {
      Operation operation = choose.apply(ours);
      operations.add(operation);
      Wire wire = Wire.of(operation);
      client.send(++requests, wire.opCode(), wire.request());
      expected.add(decide(operation, expectedEvents));
      settled = !(operation instanceof Operation.SetAcl);
    }
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Wire wire = Wire.of(operation);
      ReplyHeader header = client.receive(wire.reply(), events);
      assertEquals(first + i, header.getXid());
      zxids.put(header.getZxid(), (long) header.getXid());
      assertEquals(
          expected.get(i), wire.result(header.getErr(), this::ourZxid), operation::toString);
    }
    List<Event> translated =
        events.stream().map(e -> new Event(ourZxid(e.zxid()), e.type(), e.path())).toList();
    assertEquals(expectedEvents, translated, operations::toString);
  }

  private Result decide(Operation operation, List<Event> expectedEvents) {
    WriteContext ctx = new WriteContext(requests, 0, client.sessionId(), credentials);
    if (!(processor.process(ours, operation, ctx) instanceof Verdict.Decided decided)) {
      throw new AssertionError("undecided: " + operation);
    }
    for (NodeChange change : decided.changes()) {
      addEvent(change, expectedEvents);
      ours.apply(List.of(change));
    }
    return decided.result();
  }

  /** ZooKeeper tells nobody of what he may not read. */
  private void addEvent(NodeChange change, List<Event> expectedEvents) {
    NodeMeta before = ours.nodes().get(change.path());
    List<Acl> acl = before == null ? change.acl() : before.acl();
    if (watched.contains(change.path())
        && change.kind() != NodeChange.Kind.ACL
        && acl != null
        && AclRules.permits(acl, Perms.READ, AclRules.identities(credentials, superDigest))) {
      EventType type =
          switch (change.kind()) {
            case CREATED -> EventType.NodeCreated;
            case DELETED -> EventType.NodeDeleted;
            case DATA -> EventType.NodeDataChanged;
            case CHILDREN -> EventType.NodeChildrenChanged;
            case ACL -> throw new AssertionError("no event");
          };
      expectedEvents.add(new Event(requests, type.getIntValue(), change.path()));
    }
  }

  /** Ends the session on both sides. */
  void closeSession() throws IOException {
    client.send(++requests, OpCode.closeSession);
    ReplyHeader header = client.receive(new Wire.Nothing(), new ArrayList<>());
    assertEquals(0, header.getErr());
    zxids.put(header.getZxid(), (long) requests);
    List<String> hints = new ArrayList<>(ours.nodes().keySet());
    Verdict verdict = processor.deleteEphemerals(ours, hints, client.sessionId(), requests);
    if (!(verdict instanceof Verdict.Decided decided)) {
      throw new AssertionError("undecided: the close");
    }
    ours.apply(decided.changes());
  }

  /** Compares every node. To be called while nothing is under way. */
  void compareTrees() throws NoNodeException {
    for (Map.Entry<String, NodeMeta> entry : ours.nodes().entrySet()) {
      String path = entry.getKey();
      DataNode node = theirs.getNode(path);
      if (node == null) {
        throw new AssertionError("the server has no " + path);
      }
      Stat stat = new Stat();
      List<Acl> acl =
          theirs.getACL(path, stat).stream()
              .map(a -> new Acl(a.getPerms(), a.getId().getScheme(), a.getId().getId()))
              .collect(Collectors.toCollection(ArrayList::new));
      NodeStat stored = entry.getValue().stat();
      assertEquals(EphemeralOwner.visible(stored), Wire.stat(stat, this::ourZxid), path);
      assertEquals(stored.ephemeralOwner(), node.stat.getEphemeralOwner(), path);
      assertEquals(sorted(entry.getValue().acl()), sorted(acl), path);
      assertArrayEquals(ours.data(path), node.getData(), path);
      Set<String> children =
          ours.children(path).stream()
              .map(child -> child.substring(child.lastIndexOf('/') + 1))
              .collect(Collectors.toSet());
      assertEquals(children, node.getChildren(), path);
    }
  }

  /** The order in which a server expands {@code auth} is that of a hash map. */
  private static List<Acl> sorted(List<Acl> acl) {
    return acl.stream().sorted(Comparator.comparing(Acl::toString)).toList();
  }

  private long ourZxid(long theirZxid) {
    Long zxid = zxids.get(theirZxid);
    if (zxid == null) {
      throw new AssertionError("a zxid of no request: " + theirZxid);
    }
    return zxid;
  }
}
