package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;

/** Requests at random, to so few nodes that they meet. */
final class Requests {
  /** Every path that is ever written, but for those of sequential nodes, which begin like these. */
  static final List<String> PATHS = List.of("/a", "/a/x", "/a/y", "/b", "/a/x/z", "/a/e", "/a/m");

  /** Those above the others, and one beside them. */
  private static final List<String> FIRST = List.of("/a", "/a", "/b", "/a/x");

  private static final List<String> PARENTS = List.of("/", "/a", "/a/x");
  private final Random random;

  Requests(Random random) {
    this.random = random;
  }

  ClientRequest next() {
    String path = any(PATHS);
    boolean watch = random.nextBoolean();
    return switch (random.nextInt(18)) {
      case 0, 1 ->
          new ClientRequest.Write(create(watch ? path : any(FIRST), CreateMode.PERSISTENT));
      case 2 -> new ClientRequest.Write(create(any(PATHS), CreateMode.EPHEMERAL));
      case 3, 4 -> new ClientRequest.Write(new Operation.SetData(path, bytes(), version()));
      case 5 -> new ClientRequest.Write(new Operation.Delete(path, version()));
      case 6, 7 -> new ClientRequest.GetData(path, watch);
      case 8, 9 -> new ClientRequest.Exists(path, watch);
      case 10, 11, 12 -> new ClientRequest.GetChildren(any(PARENTS), watch);
      case 13 ->
          new ClientRequest.MultiRead(
              List.of(
                  new ClientRequest.GetData("/a", false),
                  new ClientRequest.GetChildren("/a", false),
                  new ClientRequest.GetData("/b", false)));
      case 14 ->
          random.nextInt(4) > 0
              ? new ClientRequest.Sync("/")
              : new ClientRequest.AddWatch(
                  any(PARENTS),
                  watch ? AddWatchMode.PERSISTENT : AddWatchMode.PERSISTENT_RECURSIVE);
      case 15 ->
          new ClientRequest.Write(
              create(any(PARENTS).equals("/") ? "/s" : "/a/s", CreateMode.EPHEMERAL_SEQUENTIAL));
      case 16 ->
          new ClientRequest.Write(
              new Operation.Multi(
                  List.of(
                      new Operation.SetData("/a", bytes(), -1),
                      new Operation.SetData("/b", bytes(), -1))));
      default ->
          new ClientRequest.Write(
              new Operation.Multi(
                  List.of(
                      new Operation.SetData("/a", bytes(), -1),
                      create("/a/m", CreateMode.PERSISTENT),
                      new Operation.Delete("/a/m", -1))));
    };
  }

  private Operation.Create create(String path, CreateMode mode) {
    return new Operation.Create(path, bytes(), Acl.OPEN, mode, -1);
  }

  private int version() {
    return random.nextInt(4) > 0 ? -1 : random.nextInt(3);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    return bytes;
  }
}
