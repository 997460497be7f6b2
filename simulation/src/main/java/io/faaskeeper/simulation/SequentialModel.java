package io.faaskeeper.simulation;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs.Perms;

/**
 * A plain model of ZooKeeper that does one request after the other: what each operation answers,
 * and leaves, on the state that the log says was before it. Of owners it knows sessions alone.
 */
final class SequentialModel {
  /** A node while a request is at work. */
  private static final class Node {
    boolean alive;
    int version;
    int cversion;
    int aversion;
    int children;
    long owner;
    byte[] data;
    List<Acl> acl;

    Node(LogTruth.State state) {
      alive = state.alive();
      version = state.stat().version();
      cversion = state.stat().cversion();
      aversion = state.stat().aversion();
      children = state.stat().numChildren();
      owner = state.stat().ephemeralOwner();
      data = state.data();
      acl = state.acl();
    }

    boolean forbids(int perm) {
      return acl.stream().noneMatch(entry -> (entry.perms() & perm) != 0);
    }

    /** What differs from a state; empty if nothing does. */
    String unlike(LogTruth.State state) {
      if (alive != state.alive()) {
        return "alive " + alive;
      }
      if (!alive) {
        return "";
      }
      boolean same =
          version == state.stat().version()
              && cversion == state.stat().cversion()
              && aversion == state.stat().aversion()
              && children == state.stat().numChildren()
              && acl.equals(state.acl());
      return same && Arrays.equals(data, state.data())
          ? ""
          : "versions " + version + " " + cversion + " " + aversion + ", children " + children;
    }
  }

  private final LogTruth truth;
  private final long before;
  private final long sessionId;
  private final Map<String, Node> nodes = new TreeMap<>();

  /**
   * @param before the zxid of the state on which the request works
   */
  SequentialModel(LogTruth truth, long before, long sessionId) {
    this.truth = truth;
    this.before = before;
    this.sessionId = sessionId;
  }

  private Node node(String path) {
    return nodes.computeIfAbsent(path, p -> new Node(truth.at(p, before)));
  }

  /** Does it; the path of a sequential node is the one that was made. */
  Code apply(Operation operation, String created) {
    if (operation instanceof Operation.Create create) {
      return create(create, created);
    }
    if (operation instanceof Operation.Delete delete) {
      return delete(delete);
    }
    if (operation instanceof Operation.SetData set) {
      Node node = node(set.path());
      Code code = code(node, Perms.WRITE, set.version(), node.version);
      if (code == Code.OK) {
        node.version++;
        byte[] data = set.data();
        node.data = data == null ? new byte[0] : data;
      }
      return code;
    }
    if (operation instanceof Operation.SetAcl set) {
      Node node = node(set.path());
      Code code = code(node, Perms.ADMIN, set.version(), node.aversion);
      if (code == Code.OK) {
        node.aversion++;
        node.acl = set.acl();
      }
      return code;
    }
    if (operation instanceof Operation.Check check) {
      Node node = node(check.path());
      return code(node, Perms.READ, check.version(), node.version);
    }
    throw new IllegalArgumentException("not modelled: " + operation);
  }

  private static Code code(Node node, int perm, int expected, int version) {
    if (!node.alive) {
      return Code.NONODE;
    }
    if (node.forbids(perm)) {
      return Code.NOAUTH;
    }
    return expected != -1 && expected != version ? Code.BADVERSION : Code.OK;
  }

  private Code create(Operation.Create create, String created) {
    Node parent = node(parent(create.path()));
    // The root is there from the start.
    if (!parent.alive && !parent(create.path()).equals("/")) {
      return Code.NONODE;
    }
    if (parent.forbids(Perms.CREATE)) {
      return Code.NOAUTH;
    }
    String path = create.path();
    if (create.mode().isSequential()) {
      path += String.format(Locale.ROOT, "%010d", (parent.cversion + parent.children) / 2);
      if (!created.isEmpty() && !created.equals(path)) {
        throw new AssertionError(created + " was created where " + path + " was next");
      }
    }
    Node node = node(path);
    if (node.alive) {
      return Code.NODEEXISTS;
    }
    if (isSession(parent.owner)) {
      return Code.NOCHILDRENFOREPHEMERALS;
    }
    parent.cversion++;
    parent.children++;
    node.alive = true;
    node.version = 0;
    node.cversion = 0;
    node.aversion = 0;
    node.children = 0;
    node.acl = create.acl();
    node.owner = create.mode().isEphemeral() ? sessionId : 0;
    byte[] data = create.data();
    node.data = data == null ? new byte[0] : data;
    return Code.OK;
  }

  private static boolean isSession(long owner) {
    return owner > 0;
  }

  private Code delete(Operation.Delete delete) {
    Node parent = node(parent(delete.path()));
    if (!parent.alive && !parent(delete.path()).equals("/")) {
      return Code.NONODE;
    }
    if (parent.forbids(Perms.DELETE)) {
      return Code.NOAUTH;
    }
    Node node = node(delete.path());
    if (!node.alive) {
      return Code.NONODE;
    }
    if (delete.version() != -1 && delete.version() != node.version) {
      return Code.BADVERSION;
    }
    if (node.children > 0) {
      return Code.NOTEMPTY;
    }
    node.alive = false;
    parent.cversion++;
    parent.children--;
    return Code.OK;
  }

  /** What differs at a zxid from what this leaves; empty if nothing does. */
  String unlike(long zxid) {
    for (Map.Entry<String, Node> entry : nodes.entrySet()) {
      LogTruth.State state = truth.at(entry.getKey(), zxid);
      String difference = entry.getValue().unlike(state);
      if (!difference.isEmpty()) {
        return entry.getKey() + " should be " + difference + ", and is " + state;
      }
    }
    return "";
  }

  /** Whether it knows what this node is after the request. */
  boolean knows(String path) {
    return nodes.containsKey(path);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }
}
