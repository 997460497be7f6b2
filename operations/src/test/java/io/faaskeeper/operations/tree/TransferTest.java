package io.faaskeeper.operations.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.Scope;
import io.faaskeeper.operations.Told;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trees that move from a ZooKeeper server to FaaSKeeper, and back. */
@Timeout(120)
final class TransferTest {
  private static final List<ACL> OPEN = Ids.OPEN_ACL_UNSAFE;
  private static final byte[] NO_BYTES = new byte[0];

  @TempDir private Path folder = Path.of("");

  @Test
  void fromAServerToFaasKeeperAndBack() throws Exception {
    try (RealServer server = new RealServer(folder.resolve("one"));
        RealServer other = new RealServer(folder.resolve("two"));
        Side from = Side.of(server);
        Side there = Side.inMemory(folder, "there");
        Side back = Side.of(other)) {
      plant(from.zooKeeper());
      from.zooKeeper().setData("/", "the root's".getBytes(StandardCharsets.UTF_8), -1);
      from.zooKeeper().create("/e", NO_BYTES, OPEN, CreateMode.EPHEMERAL);
      Map<String, String> tree = from.tree("/");

      Path dump = folder.resolve("dump");
      dump(from, dump).assertDone("left out 1 ephemerals, 0 that vanished");
      restore(there, dump).assertDone(tree.size() + " nodes created, 0 overwritten, 0 skipped");
      assertEquals(tree, there.tree("/"));

      Path again = folder.resolve("again");
      dump(there, again).assertDone("left out 0 ephemerals");
      restore(back, again).assertDone(tree.size() + " nodes created");
      assertEquals(tree, back.tree("/"));
    }
  }

  /** Odd paths, data and ACLs. */
  private static void plant(ZooKeeper zooKeeper) throws Exception {
    String deep = "/app";
    zooKeeper.create(deep, NO_BYTES, OPEN, CreateMode.PERSISTENT);
    for (String name : List.of("a b", "\"quoted\"\\", "zookeeper", "ключ-鍵-é", ".x", "{}")) {
      deep = create(zooKeeper, deep + "/" + name, name.getBytes(StandardCharsets.UTF_8));
    }
    create(zooKeeper, "/long-" + "x".repeat(2_000), NO_BYTES);
    create(zooKeeper, "/app.z", NO_BYTES);
    create(zooKeeper, "/null", null);
    create(zooKeeper, "/empty", NO_BYTES);
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    create(zooKeeper, "/binary", all);
    byte[] large = new byte[1_048_575 - 8 - 150];
    new Random(1).nextBytes(large);
    create(zooKeeper, "/large", large);
    zooKeeper.create(
        "/secret",
        all,
        Arrays.asList(
            new ACL(Perms.ALL, new Id("digest", "user:zsGuvhcl/HI6JljZpSPD2ZfKFNQ=")),
            new ACL(Perms.READ | Perms.CREATE, new Id("ip", "10.0.0.0/8"))),
        CreateMode.PERSISTENT);
    create(zooKeeper, "/secret/below", all);
    zooKeeper.create("/fixed", all, Ids.READ_ACL_UNSAFE, CreateMode.PERSISTENT);
    create(zooKeeper, "/fixed/below", all);
  }

  private static String create(ZooKeeper zooKeeper, String path, byte @Nullable [] data)
      throws Exception {
    return zooKeeper.create(path, data, OPEN, CreateMode.PERSISTENT);
  }

  @Test
  void containersAndTtlNodesOfFaasKeeperStayWhatTheyAre() throws Exception {
    try (Side from = Side.inMemory(folder, "modes");
        Side to = Side.inMemory(folder, "modes-too")) {
      from.zooKeeper().create("/c", NO_BYTES, OPEN, CreateMode.CONTAINER);
      create(from.zooKeeper(), "/c/child", NO_BYTES);
      from.zooKeeper()
          .create("/t", NO_BYTES, OPEN, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 86_400_000);

      Path dump = folder.resolve("dump");
      dump(from, dump).assertDone("4 nodes");
      restore(to, dump).assertDone("3 nodes created");

      assertTrue(from.tree("/c").toString().contains("CONTAINER"));
      assertTrue(from.tree("/t").toString().contains("ttlMillis=86400000"));
      assertEquals(from.tree("/"), to.tree("/"));
    }
  }

  @Test
  void tenThousandChildrenEachWay() throws Exception {
    try (RealServer server = new RealServer(folder.resolve("one"));
        Side real = Side.of(server);
        Side ours = Side.inMemory(folder, "many")) {
      create(ours.zooKeeper(), "/many", NO_BYTES);
      for (int i = 0; i < 10_000; i += 500) {
        List<Op> creations = new ArrayList<>();
        for (int j = i; j < i + 500; j++) {
          creations.add(
              Op.create("/many/child-" + j, new byte[] {(byte) j}, OPEN, CreateMode.PERSISTENT));
        }
        ours.zooKeeper().multi(creations);
      }

      Path dump = folder.resolve("dump");
      dump(ours, dump).assertDone("10,002 nodes with 10,000 bytes");
      restore(real, dump).assertDone("10,001 nodes created");

      Map<String, String> tree = real.tree("/many");
      assertEquals(10_001, tree.size());
      assertEquals(ours.tree("/many"), tree);
    }
  }

  @Test
  void aSubtreeOutAndASubtreeIn() throws Exception {
    try (Side from = Side.inMemory(folder, "sub");
        Side to = Side.inMemory(folder, "sub-too")) {
      for (String path : List.of("/a", "/a/b", "/a/b/c", "/a/b/d", "/a/b/d/e", "/a/bc")) {
        create(from.zooKeeper(), path, path.getBytes(StandardCharsets.UTF_8));
      }
      Path dump = folder.resolve("dump");
      dump(from, dump, "--path", "/a/b").assertDone("4 nodes");
      restore(to, dump, "--path", "/a/b/d").assertDone("2 nodes created");

      Map<String, String> expected = new TreeMap<>(from.tree("/a/b/d"));
      assertEquals(expected, to.tree("/a/b/d"));
      assertEquals(List.of("d"), to.zooKeeper().getChildren("/a/b", false));
      assertArrayEquals(NO_BYTES, to.zooKeeper().getData("/a/b", false, null));

      restore(to, dump, "--path", "/a/x").assertFailed(1, "the dump has no /a/x");
      dump(from, folder.resolve("no"), "--path", "/nowhere")
          .assertFailed(1, "there is no /nowhere");
      dump(from, folder.resolve("no"), "--path", "nowhere")
          .assertFailed(2, "Path must start with /");
    }
  }

  @Test
  void nothingIsOverwrittenUnlessSaid() throws Exception {
    try (Side from = Side.inMemory(folder, "over");
        Side to = Side.inMemory(folder, "over-too")) {
      for (String path : List.of("/a", "/a/b", "/c")) {
        create(from.zooKeeper(), path, path.getBytes(StandardCharsets.UTF_8));
      }
      create(to.zooKeeper(), "/a", null);
      create(to.zooKeeper(), "/a/other", null);
      Path dump = folder.resolve("dump");
      dump(from, dump).assertDone("4 nodes");

      Told refused = restore(to, dump);
      refused.assertFailed(1, "1 of 3 nodes exist in");
      assertTrue(refused.err().contains("/a the first"), refused::toString);
      restore(to, dump, "--dry-run").assertFailed(1, "1 of 3 nodes exist in");
      restore(to, dump, "--dry-run", "--overwrite")
          .assertDone("would get 3 nodes with 8 bytes; of 1 that exist each would be overwritten");
      restore(to, dump, "--dry-run", "--skip-existing")
          .assertDone("of 1 that exist each would stay");
      restore(to, dump, "--dry-run", "--path", "/c").assertDone("; none of them exists");
      assertNull(to.zooKeeper().exists("/c", false));

      restore(to, dump, "--skip-existing").assertDone("2 nodes created, 0 overwritten, 1 skipped");
      assertNull(to.zooKeeper().getData("/a", false, null));
      restore(to, dump, "--overwrite").assertDone("0 nodes created, 3 overwritten, 0 skipped");
      assertArrayEquals(
          "/a".getBytes(StandardCharsets.UTF_8), to.zooKeeper().getData("/a", false, null));
      assertEquals(2, to.zooKeeper().getChildren("/a", false).size());
      assertEquals(2, restore(to, dump, "--overwrite", "--skip-existing").code());
    }
  }

  @Test
  void withoutPermissionNothingIsLeftOutInSilence() throws Exception {
    try (RealServer server = new RealServer(folder.resolve("one"));
        Side from = Side.of(server)) {
      List<ACL> acl =
          Arrays.asList(
              new ACL(Perms.ALL, new Id("digest", "user:zsGuvhcl/HI6JljZpSPD2ZfKFNQ=")),
              new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE));
      from.zooKeeper().create("/s", NO_BYTES, acl, CreateMode.PERSISTENT);
      Path dump = folder.resolve("dump");
      Told.by(DumpMain.command(), "--zookeeper", server.connectString(), dump.toString())
          .assertFailed(1, "/s: its ACL is hidden from these credentials");
      from.zooKeeper().setACL("/s", Ids.CREATOR_ALL_ACL, -1);
      Told.by(DumpMain.command(), "--zookeeper", server.connectString(), dump.toString())
          .assertFailed(1, "/s: these credentials have no permission");
      assertFalse(Files.exists(dump));

      dump(from, dump).assertDone("2 nodes");
      dump(from, dump).assertFailed(1, "exists");
      try (Side to = Side.inMemory(folder, "denied")) {
        to.zooKeeper().setACL("/", Ids.READ_ACL_UNSAFE, -1);
        Told.by(
                RestoreMain.command(),
                "--config",
                folder.resolve("denied.json").toString(),
                "--skip-existing",
                dump.toString())
            .assertFailed(1, "/s: these credentials have no permission");
      }
    }
  }

  @Test
  void whatCannotBeReachedIsNamed() throws Exception {
    Path dump = folder.resolve("dump");
    Told.by(DumpMain.command(), "--config", folder + "/none.json", dump.toString())
        .assertFailed(2, "none.json can't be read");
    Told.by(DumpMain.command(), "--zookeeper", "x:y:z", dump.toString()).assertFailed(2, "x:y:z");
    Told.by(DumpMain.command(), "--zookeeper", "x", "--auth", "x", dump.toString())
        .assertFailed(2, "--auth is SCHEME:CREDENTIALS");
    try (Side to = Side.inMemory(folder, "unreached")) {
      restore(to, dump).assertFailed(1, "there is no " + dump);
    }
  }

  @Test
  void aDeploymentInTheMemoryOfAnotherJvmIsRefused() throws Exception {
    Path config =
        Files.writeString(folder.resolve("there.json"), "{\"cloud-provider\": \"memory\"}");
    for (Object program :
        List.of(
            DumpMain.command(Scope.OUTSIDE_THIS_JVM),
            RestoreMain.command(Scope.OUTSIDE_THIS_JVM))) {
      Told.by(program, "--config", config.toString(), folder.resolve("dump").toString())
          .assertFailed(2, "the deployment faaskeeper is inside another JVM");
    }
  }

  @Test
  void whatChangesMeanwhileIsReadAgainOrCounted() throws Exception {
    try (Side side = Side.inMemory(folder, "changing")) {
      for (String path : List.of("/a", "/b", "/c")) {
        create(side.zooKeeper(), path, NO_BYTES);
      }
      AtomicInteger looks = new AtomicInteger();
      Modes changing =
          path -> {
            if (path.equals("/a")) {
              deleteQuietly(side.zooKeeper(), "/b");
            }
            return path.equals("/c") && looks.incrementAndGet() < 3
                ? CompletableFuture.completedStage(
                    new Modes.Mode(Modes.NOT_THERE, DumpedNode.Mode.CONTAINER))
                : side.modes().of(path);
          };
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      DumpWriter dump = new DumpWriter(out, new DumpHeader("s", "/", "t", true));
      NodeReads reads =
          new NodeReads(new Tree(side.zooKeeper(), changing, true, "changing", () -> {}));
      new TreeWalk(reads, dump, Progress.of(new PrintWriter(new StringWriter()))).write("/");

      assertEquals(new DumpCounts(3, 0, 0, 1), dump.counts());
      assertEquals(3, looks.get());
      assertFalse(out.toString(StandardCharsets.UTF_8).contains("container"));
    }
  }

  private static void deleteQuietly(ZooKeeper zooKeeper, String path) {
    try {
      zooKeeper.delete(path, -1);
    } catch (InterruptedException | KeeperException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void numbersOfSequentialNodesThatBeginAnewAreToldOf() throws Exception {
    try (Side from = Side.inMemory(folder, "seq");
        Side to = Side.inMemory(folder, "seq-too")) {
      create(from.zooKeeper(), "/q", NO_BYTES);
      for (int i = 0; i < 3; i++) {
        from.zooKeeper().create("/q/n-", NO_BYTES, OPEN, CreateMode.PERSISTENT_SEQUENTIAL);
      }
      from.zooKeeper().delete("/q/n-0000000000", -1);
      Path dump = folder.resolve("dump");
      dump(from, dump).assertDone("4 nodes");
      Told told = restore(to, dump);
      told.assertDone("3 nodes created");
      assertTrue(told.err().contains("of 1 parents, /q the first"), told::toString);
    }
  }

  private static Told dump(Side from, Path file, String... more) {
    return Told.by(DumpMain.command(), from.with(file, more));
  }

  private static Told restore(Side to, Path file, String... more) {
    return Told.by(RestoreMain.command(), to.with(file, more));
  }
}
