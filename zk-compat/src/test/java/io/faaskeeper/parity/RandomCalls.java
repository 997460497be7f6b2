package io.faaskeeper.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.DeleteContainerRequest;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.CreateTTLRequest;
import org.apache.zookeeper.proto.DeleteRequest;
import org.apache.zookeeper.proto.ExistsRequest;
import org.apache.zookeeper.proto.GetACLRequest;
import org.apache.zookeeper.proto.GetAllChildrenNumberRequest;
import org.apache.zookeeper.proto.GetChildren2Request;
import org.apache.zookeeper.proto.GetChildrenRequest;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.GetEphemeralsRequest;
import org.apache.zookeeper.proto.ReconfigRequest;
import org.apache.zookeeper.proto.SetACLRequest;
import org.apache.zookeeper.proto.SetDataRequest;
import org.apache.zookeeper.proto.SyncRequest;
import org.jspecify.annotations.Nullable;

/** Requests of all types that may be under way together, good ones and bad ones. */
final class RandomCalls {
  /** A request, and the nodes that it is about. */
  record Chosen(Call call, List<String> paths) {
    /** After this one nothing is sent before its answer, if {@code wanted}. */
    Chosen alone(boolean wanted) {
      return wanted ? new Chosen(call.alone(true), paths) : this;
    }
  }

  private final Random random;
  private final KnownNodes nodes;
  private final RandomAcls acls;
  private final RandomMultis multis;
  private final RandomWatches watches;

  RandomCalls(Random random, KnownNodes nodes) {
    this.random = random;
    this.nodes = nodes;
    this.acls = new RandomAcls(random);
    this.multis = new RandomMultis(random, nodes, acls);
    this.watches = new RandomWatches(random, nodes);
  }

  static Chosen sync() {
    return chosen(OpCode.sync, new SyncRequest("/"), "/");
  }

  /**
   * The next request.
   *
   * @param writes how many writes were answered so far
   */
  Chosen next(int writes) {
    int kind = random.nextInt(100);
    Chosen chosen =
        kind < 24
            ? create()
            : kind < 48
                ? write()
                : kind < 56 ? multis.next() : kind < 82 ? read() : watches.next(writes);
    return random.nextInt(40) == 0 ? cut(chosen) : chosen;
  }

  /** What can't be read to its end. */
  private Chosen cut(Chosen chosen) {
    Call call = chosen.call();
    int lost = 1 + random.nextInt(12);
    Call.Body body =
        knowledge -> {
          byte[] whole = call.body().of(knowledge);
          return Arrays.copyOf(whole, Math.max(0, whole.length - lost));
        };
    String text = call.text() + " without its last " + lost + " bytes";
    return new Chosen(new Call(text, call.type(), 0, body, true), chosen.paths());
  }

  private Chosen create() {
    String path = random.nextInt(3) == 0 ? nodes.path() : nodes.newPath();
    int type =
        switch (random.nextInt(6)) {
          case 0, 1 -> OpCode.create;
          case 2, 3 -> OpCode.create2;
          case 4 -> OpCode.createContainer;
          default -> OpCode.createTTL;
        };
    int flags = flags(type);
    if (type == OpCode.createTTL) {
      return chosen(type, new CreateTTLRequest(path, data(), acls.next(), flags, ttl(flags)), path);
    }
    Chosen chosen = chosen(type, new CreateRequest(path, data(), acls.next(), flags), path);
    // Until it has applied the creation, a server goes by the flags and not by the type.
    boolean ephemeral = flags == 1 || flags == 3;
    return chosen.alone(type == OpCode.createContainer && ephemeral);
  }

  private int flags(int type) {
    if (random.nextInt(30) == 0) {
      return random.nextBoolean() ? 99 : -1;
    }
    if (type == OpCode.createContainer) {
      return random.nextInt(5) > 0 ? CreateMode.CONTAINER.toFlag() : random.nextInt(7);
    }
    if (type == OpCode.createTTL) {
      return random.nextInt(5) > 0 ? 5 + random.nextInt(2) : random.nextInt(5);
    }
    return random.nextInt(10) > 0 ? random.nextInt(4) : random.nextInt(7);
  }

  /** A server whose disk thread meets a negative TTL for another kind of node is at its end. */
  private long ttl(int flags) {
    if (flags < 5 || flags > 6) {
      return random.nextInt(1_000_000);
    }
    long max = 0xffffffffffL;
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> max;
      case 3 -> max + 1;
      default -> 1 + random.nextInt(1_000_000);
    };
  }

  private byte @Nullable [] data() {
    int kind = random.nextInt(50);
    if (kind < 4) {
      return null;
    }
    byte[] data = new byte[kind == 5 ? 5_000 : random.nextInt(20)];
    random.nextBytes(data);
    return data;
  }

  private Chosen write() {
    String path = nodes.path();
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5, 6, 7 ->
          chosen(OpCode.setData, new SetDataRequest(path, data(), nodes.version(path)), path);
      case 8, 9, 10, 11, 12, 13, 14 ->
          chosen(OpCode.delete, new DeleteRequest(path, nodes.version(path)), path);
      case 15 -> chosen(OpCode.deleteContainer, new DeleteContainerRequest(path), path);
      case 16 -> chosen(OpCode.reconfig, new ReconfigRequest("a", "b", "c", 1), path);
      default -> {
        // A server that has not applied an ACL yet judges by the old one.
        int aversion = random.nextBoolean() ? -1 : random.nextInt(4) - 1;
        yield chosen(OpCode.setACL, new SetACLRequest(path, acls.next(), aversion), path)
            .alone(true);
      }
    };
  }

  private Chosen read() {
    String path = random.nextInt(60) == 0 ? null : nodes.path();
    boolean watch = random.nextInt(3) == 0;
    return switch (random.nextInt(12)) {
      case 0, 1 -> chosen(OpCode.exists, new ExistsRequest(path, watch), path);
      case 2, 3, 4 -> chosen(OpCode.getData, new GetDataRequest(path, watch), path);
      case 5 -> chosen(OpCode.getACL, new GetACLRequest(path), path);
      case 6 -> chosen(OpCode.getChildren, new GetChildrenRequest(path, watch), path);
      case 7, 8 -> chosen(OpCode.getChildren2, new GetChildren2Request(path, watch), path);
      case 9 -> chosen(OpCode.getAllChildrenNumber, new GetAllChildrenNumberRequest(path), path);
      case 10 -> {
        String prefix = random.nextInt(3) > 0 ? path : random.nextBoolean() ? "/" : " / ";
        yield chosen(OpCode.getEphemerals, new GetEphemeralsRequest(prefix));
      }
      default ->
          random.nextBoolean()
              ? chosen(OpCode.sync, new SyncRequest(path))
              : new Chosen(
                  new Call("whoAmI", OpCode.whoAmI, 0, k -> new byte[0], false), List.of());
    };
  }

  static Chosen chosen(int type, Record body, @Nullable String... paths) {
    List<String> present = new ArrayList<>();
    for (String path : paths) {
      if (path != null) {
        present.add(path);
      }
    }
    return new Chosen(
        new Call(text(type, body), type, 0, k -> Dialogue.bytes(body), false), present);
  }

  static String text(int type, Record body) {
    String hex = Dialogue.text(body);
    return "type " + type + " " + readable(body) + " = " + hex;
  }

  /** For who reads it; it may be less than what is sent. */
  static String readable(Object record) {
    return record.toString().replaceAll("\\s+", " ");
  }
}
