package io.faaskeeper.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.jspecify.annotations.Nullable;

/** ACLs of every kind, mostly the open one. */
final class RandomAcls {
  /** Of {@code ann:secret}. */
  private static final Id ANN = new Id("digest", "ann:7RJfAeIvrl4zdj6sS2fXrQHDvHM=");

  private static final List<Id> IDS =
      List.of(
          new Id("world", "anyone"),
          new Id("world", "nobody"),
          new Id("auth", ""),
          new Id("auth", "whatever"),
          ANN,
          new Id("digest", "other:hash"),
          new Id("digest", "nothing"),
          new Id("ip", "127.0.0.1"),
          new Id("ip", "127.0.0.0/8"),
          new Id("ip", "10.1.0.0/16"),
          new Id("ip", "10.1.0.0/33"),
          new Id("ip", "::1"),
          new Id("sasl", "x"),
          new Id("super", ""),
          new Id("nonsense", "x"));

  private final Random random;

  RandomAcls(Random random) {
    this.random = random;
  }

  @Nullable List<ACL> next() {
    if (random.nextInt(4) > 0) {
      return Ids.OPEN_ACL_UNSAFE;
    }
    int kind = random.nextInt(20);
    if (kind == 0) {
      return null;
    }
    if (kind < 6) {
      return Ids.CREATOR_ALL_ACL;
    }
    if (kind < 9) {
      return Ids.READ_ACL_UNSAFE;
    }
    List<ACL> acl = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      ACL entry = new ACL(perms(), IDS.get(random.nextInt(IDS.size())));
      acl.addAll(random.nextInt(4) == 0 ? Arrays.asList(entry, entry) : List.of(entry));
    }
    return acl;
  }

  private int perms() {
    return random.nextBoolean() ? Perms.ALL : random.nextInt(Perms.ALL + 1);
  }
}
