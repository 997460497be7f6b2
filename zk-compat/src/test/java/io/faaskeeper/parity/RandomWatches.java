package io.faaskeeper.parity;

import io.faaskeeper.parity.RandomCalls.Chosen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.jute.Record;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.AddWatchRequest;
import org.apache.zookeeper.proto.CheckWatchesRequest;
import org.apache.zookeeper.proto.RemoveWatchesRequest;
import org.apache.zookeeper.proto.SetWatches;
import org.apache.zookeeper.proto.SetWatches2;
import org.jspecify.annotations.Nullable;

/** Requests about watches. */
final class RandomWatches {
  private final Random random;
  private final KnownNodes nodes;

  RandomWatches(Random random, KnownNodes nodes) {
    this.random = random;
    this.nodes = nodes;
  }

  Chosen next(int writes) {
    String path = random.nextInt(60) == 0 ? null : nodes.path();
    int type = random.nextInt(20) == 0 ? random.nextInt(9) - 1 : 1 + random.nextInt(5);
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> {
        int mode = random.nextInt(20) == 0 ? random.nextInt(5) - 1 : random.nextInt(2);
        yield RandomCalls.chosen(OpCode.addWatch, new AddWatchRequest(path, mode));
      }
      case 3, 4 -> RandomCalls.chosen(OpCode.removeWatches, new RemoveWatchesRequest(path, type));
      case 5, 6 -> RandomCalls.chosen(OpCode.checkWatches, new CheckWatchesRequest(path, type));
      default -> setWatches(writes);
    };
  }

  private Chosen setWatches(int writes) {
    int since =
        switch (random.nextInt(4)) {
          case 0 -> 0;
          case 1 -> writes;
          default -> random.nextInt(writes + 1);
        };
    boolean future = random.nextInt(10) == 0;
    List<String> data = paths();
    List<String> exist = paths();
    List<String> child = paths();
    if (random.nextBoolean()) {
      return chosen(
          OpCode.setWatches, since, future, zxid -> new SetWatches(zxid, data, exist, child));
    }
    List<String> persistent = paths();
    List<String> recursive = paths();
    return chosen(
        OpCode.setWatches2,
        since,
        future,
        zxid -> new SetWatches2(zxid, data, exist, child, persistent, recursive));
  }

  private interface WithZxid {
    Record record(long zxid);
  }

  private static Chosen chosen(int type, int since, boolean future, WithZxid body) {
    String text =
        "type "
            + type
            + (future ? " in the future " : " since write " + since + " ")
            + RandomCalls.readable(body.record(0))
            + " = "
            + Dialogue.text(body.record(0));
    return new Chosen(
        new Call(
            text,
            type,
            0,
            k -> Dialogue.bytes(body.record(future ? Long.MAX_VALUE : k.zxid(since))),
            false),
        List.of());
  }

  private @Nullable List<String> paths() {
    if (random.nextInt(80) == 0) {
      return null;
    }
    List<String> paths = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      paths.add(random.nextInt(80) == 0 ? null : nodes.path());
    }
    return paths;
  }
}
