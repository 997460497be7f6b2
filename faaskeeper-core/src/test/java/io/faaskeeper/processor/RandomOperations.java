package io.faaskeeper.processor;

import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.NodeMeta;
import io.faaskeeper.model.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.server.EphemeralType;

/**
 * Random operations around the nodes of a tree, most of them sensible. The same seed and the same
 * trees give the same operations.
 */
public final class RandomOperations {
  /** Whom some of the ACLs are for. */
  public static final Credential FRIEND =
      new Credential("digest", "friend:secret".getBytes(StandardCharsets.UTF_8));

  private static final String FRIEND_ID = AclRules.identities(List.of(FRIEND)).get(0).id();
  private static final List<CreateMode> MODES = List.of(CreateMode.values());
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> ODD_PATHS =
      List.of(
          "",
          "a",
          "a/b",
          "/a/",
          "//",
          "//a",
          "/a//b",
          "/a/.",
          "/a/./b",
          "/a/..",
          "/../a",
          "/a/...",
          "/a\0",
          "/a/\u0001",
          "/\ud800",
          "/zookeeper",
          "/zookeeper/quota",
          "/zookeeper/config",
          "/zookeeper/a",
          "/a/\u00e4",
          "/",
          "/c/",
          "/b/\ufff0");
  private static final List<List<Acl>> ACLS =
      List.of(
          Acl.READ,
          List.of(),
          List.of(new Acl(Perms.ALL, "auth", "")),
          List.of(new Acl(Perms.READ | Perms.ADMIN, "world", "anyone")),
          List.of(new Acl(Perms.ALL, "world", "nobody")),
          List.of(new Acl(Perms.ALL, "digest", FRIEND_ID)),
          List.of(
              new Acl(Perms.ALL, "digest", FRIEND_ID), new Acl(Perms.CREATE, "world", "anyone")),
          List.of(new Acl(Perms.ALL, "digest", "other:hash")),
          List.of(new Acl(Perms.ALL, "digest", "nothing")),
          List.of(new Acl(Perms.ALL, "ip", "127.0.0.1")),
          List.of(new Acl(Perms.ALL & ~Perms.DELETE, "ip", "127.0.0.0/8")),
          List.of(new Acl(Perms.ALL, "ip", "10.1.0.0/16"), new Acl(Perms.READ, "ip", "::1")),
          List.of(new Acl(Perms.ALL, "ip", "10.1.0.0/33")),
          List.of(new Acl(Perms.ALL, "sasl", "x")),
          List.of(new Acl(Perms.ALL, "super", "")),
          List.of(
              new Acl(Perms.ALL, "world", "anyone"),
              new Acl(Perms.ALL, "world", "anyone"),
              new Acl(Perms.READ, "world", "anyone")));

  private final Random random;

  public RandomOperations(Random random) {
    this.random = random;
  }

  public Operation next(ModelTree tree) {
    int kind = random.nextInt(100);
    if (kind < 10) {
      String path = path(tree);
      NodeMeta node = tree.nodes().get(path);
      return new Operation.SetAcl(path, acl(), version(node == null ? 0 : node.stat().aversion()));
    }
    if (kind < 15) {
      return new Operation.DeleteContainer(path(tree));
    }
    if (kind < 30) {
      return multi(tree);
    }
    Operation.Simple simple = simple(path(tree), tree);
    return simple instanceof Operation.Check ? new Operation.Multi(List.of(simple)) : simple;
  }

  private Operation.Multi multi(ModelTree tree) {
    List<Operation.Simple> operations = new ArrayList<>();
    int size = random.nextInt(6);
    for (int i = 0; i < size; i++) {
      String path = path(tree);
      if (i > 0 && random.nextInt(3) > 0) {
        path = operations.get(i - 1).path() + (random.nextBoolean() ? "" : "/" + name());
      }
      operations.add(simple(path, tree));
    }
    return new Operation.Multi(operations);
  }

  private Operation.Simple simple(String path, ModelTree tree) {
    NodeMeta node = tree.nodes().get(path);
    int version = version(node == null ? 0 : node.stat().version());
    int kind = random.nextInt(100);
    if (kind < 50) {
      CreateMode mode = MODES.get(random.nextInt(MODES.size()));
      return new Operation.Create(path, data(), acl(), mode, ttl());
    }
    if (kind < 75) {
      return new Operation.Delete(path, version);
    }
    return kind < 90
        ? new Operation.SetData(path, data(), version)
        : new Operation.Check(path, version);
  }

  private String path(ModelTree tree) {
    int kind = random.nextInt(100);
    if (kind < 7) {
      return ODD_PATHS.get(random.nextInt(ODD_PATHS.size()));
    }
    if (kind < 30) {
      return "/" + name();
    }
    List<String> living = List.copyOf(tree.nodes().keySet());
    String path = living.get(random.nextInt(living.size()));
    if (kind < 65) {
      return path;
    }
    return path.equals("/") ? "/" + name() : path + "/" + name();
  }

  private String name() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  private int version(int actual) {
    int kind = random.nextInt(10);
    return kind < 5 ? -1 : kind < 8 ? actual : random.nextInt(4) - 2;
  }

  private byte[] data() {
    byte[] data = new byte[random.nextInt(50) == 0 ? 5_000 : random.nextInt(20)];
    random.nextBytes(data);
    return data;
  }

  private long ttl() {
    long max = EphemeralType.TTL.maxValue();
    return switch (random.nextInt(10)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> max;
      case 3 -> max + 1;
      default -> 1 + random.nextInt(1_000_000);
    };
  }

  private List<Acl> acl() {
    return random.nextInt(4) > 0 ? Acl.OPEN : ACLS.get(random.nextInt(ACLS.size()));
  }
}
