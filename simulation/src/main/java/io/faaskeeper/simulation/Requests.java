package io.faaskeeper.simulation;

import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Credential;
import io.faaskeeper.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Perms;

/** Requests of every kind at random, to so few nodes that they meet. */
final class Requests {
  /** Every path that is ever written, but for those of sequential nodes, which begin like these. */
  static final List<String> PATHS =
      List.of("/a", "/a/x", "/a/y", "/b", "/a/x/z", "/a/e", "/a/m", "/c", "/c/t");

  /** Those above the others, and one beside them. */
  private static final List<String> FIRST = List.of("/a", "/a", "/b", "/a/x", "/c");

  private static final List<String> PARENTS = List.of("/", "/a", "/a/x", "/c");
  private static final int MAX_TTL_MILLIS = 20_000;
  private static final int MAX_BYTES = 60;
  private final Random random;
  private final boolean readable;

  /**
   * @param readable whether everybody may always read everything
   */
  Requests(Random random, boolean readable) {
    this.random = random;
    this.readable = readable;
  }

  ClientRequest next() {
    boolean watch = random.nextBoolean();
    return switch (random.nextInt(20)) {
      case 0, 1 -> write(create(watch ? any(PATHS) : any(FIRST), CreateMode.PERSISTENT));
      case 2 -> write(create(any(PATHS), CreateMode.EPHEMERAL));
      case 3, 4 -> write(new Operation.SetData(any(PATHS), bytes(), version()));
      case 5 -> write(new Operation.Delete(any(PATHS), version()));
      case 6, 7 -> new ClientRequest.GetData(any(PATHS), watch);
      case 8, 9 -> new ClientRequest.Exists(any(PATHS), watch);
      case 10, 11, 12 -> new ClientRequest.GetChildren(any(PARENTS), watch);
      case 13 -> multiRead();
      case 14 -> random.nextInt(4) > 0 ? new ClientRequest.Sync("/") : addWatch(watch);
      case 15 -> write(create(sequential(), CreateMode.EPHEMERAL_SEQUENTIAL));
      case 16 ->
          write(
              new Operation.Multi(
                  List.of(
                      new Operation.SetData("/a", bytes(), -1),
                      new Operation.SetData("/b", bytes(), -1))));
      case 17 ->
          write(
              new Operation.Multi(
                  List.of(
                      new Operation.SetData("/a", bytes(), -1),
                      create("/a/m", CreateMode.PERSISTENT),
                      new Operation.Delete("/a/m", -1))));
      case 18 -> write(new Operation.Multi(simple(1 + random.nextInt(4))));
      default -> rare(watch);
    };
  }

  private ClientRequest rare(boolean watch) {
    return switch (random.nextInt(12)) {
      case 0 -> write(create("/c", CreateMode.CONTAINER));
      case 1 ->
          write(
              new Operation.Create(
                  "/c/t",
                  bytes(),
                  Acl.OPEN,
                  CreateMode.PERSISTENT_WITH_TTL,
                  1 + random.nextInt(MAX_TTL_MILLIS)));
      case 2 -> write(create(sequential(), CreateMode.PERSISTENT_SEQUENTIAL));
      case 3, 4 -> write(new Operation.SetAcl(any(PATHS), acl(), watch ? -1 : version()));
      case 5 -> new ClientRequest.GetAcl(any(PATHS));
      case 6 -> new ClientRequest.GetAllChildrenNumber(any(PARENTS));
      case 7 -> new ClientRequest.GetEphemerals(any(PARENTS));
      case 8, 9 -> new ClientRequest.RemoveWatches(any(PATHS), any(types()), watch);
      case 10 ->
          watch
              ? new ClientRequest.AddAuth(new Credential("digest", new byte[] {'u', ':', 'p'}))
              : new ClientRequest.WhoAmI();
      default ->
          watch
              ? new ClientRequest.Echo()
              : new ClientRequest.Reject(Code.UNIMPLEMENTED.intValue());
    };
  }

  private static ClientRequest write(Operation operation) {
    return new ClientRequest.Write(operation);
  }

  private ClientRequest multiRead() {
    List<ClientRequest.Read> reads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      reads.add(
          random.nextBoolean()
              ? new ClientRequest.GetData(any(PATHS), false)
              : new ClientRequest.GetChildren(any(PARENTS), false));
    }
    return new ClientRequest.MultiRead(reads);
  }

  private ClientRequest addWatch(boolean recursive) {
    return new ClientRequest.AddWatch(
        any(PARENTS), recursive ? AddWatchMode.PERSISTENT_RECURSIVE : AddWatchMode.PERSISTENT);
  }

  private List<Operation.Simple> simple(int count) {
    List<Operation.Simple> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = any(PATHS);
      all.add(
          switch (random.nextInt(5)) {
            case 0 -> create(path, CreateMode.PERSISTENT);
            case 1 -> create(sequential(), CreateMode.EPHEMERAL_SEQUENTIAL);
            case 2 -> new Operation.Delete(path, version());
            case 3 -> new Operation.Check(path, version());
            default -> new Operation.SetData(path, bytes(), version());
          });
    }
    return all;
  }

  private Operation.Create create(String path, CreateMode mode) {
    return new Operation.Create(path, bytes(), random.nextInt(4) == 0 ? acl() : Acl.OPEN, mode, -1);
  }

  private String sequential() {
    return any(PARENTS).equals("/") ? "/s" : "/a/s";
  }

  /** Anybody may always set it anew. */
  private List<Acl> acl() {
    int least = !readable && random.nextInt(3) > 0 ? Perms.ADMIN : Perms.READ | Perms.ADMIN;
    return random.nextInt(3) == 0
        ? List.of(new Acl(least | random.nextInt(Perms.ALL + 1), "world", "anyone"))
        : Acl.OPEN;
  }

  private static List<WatcherType> types() {
    return List.of(WatcherType.values());
  }

  private int version() {
    return random.nextInt(4) > 0 ? -1 : random.nextInt(3);
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Some are so large that they are stored in parts. */
  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(MAX_BYTES) : 4];
    random.nextBytes(bytes);
    return bytes;
  }
}
