package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.Program;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.Scope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.common.PathUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fk dump}: writes a tree into a file. */
@Command(
    name = "fk dump",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a tree of znodes into a file, one line of JSON each, for fk restore.",
      "Each node is of one moment, the tree is not, if it changes meanwhile. Ephemerals are left out"
          + " and counted, and so is what vanished between listing and reading. /zookeeper is left"
          + " out.",
      "ZooKeeper does not tell its clients which nodes are containers or have a TTL: dumped from"
          + " servers, all are persistent. From a FaaSKeeper deployment they are what they are."
    })
public final class DumpMain implements Callable<Integer> {
  @Mixin private Endpoint from;

  @Option(names = "--path", paramLabel = "PATH", description = "Only this node and what is below.")
  private String path = "/";

  @Parameters(paramLabel = "FILE", description = "To be written; it must not exist.")
  private @Nullable Path file;

  @Spec private @Nullable CommandSpec spec;

  private DumpMain(Scope scope) {
    this.from = new Endpoint(scope);
  }

  /** Exits with 0 if it was written, 1 if not, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    System.exit(Program.run(new DumpMain(Scope.OUTSIDE_THIS_JVM), args));
  }

  static DumpMain command() {
    return command(Scope.ALL);
  }

  static DumpMain command(Scope scope) {
    return new DumpMain(scope);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Program.check(() -> PathUtils.validatePath(path));
    Program program = Program.of(spec);
    Path to = Program.present(file);
    if (Files.exists(to)) {
      throw new IOException(to + " exists");
    }
    Path part = to.resolveSibling(to.getFileName() + ".part");
    try (Tree tree = from.openWithModes()) {
      DumpCounts counts = write(tree, part, program.progress());
      Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
      program
          .out()
          .printf(
              "%s: %,d nodes with %,d bytes of %s; left out %,d ephemerals, %,d that vanished%n",
              to,
              counts.nodes(),
              counts.bytes(),
              tree.name(),
              counts.ephemerals(),
              counts.vanished());
      if (!tree.tellsModes()) {
        program.out().println("Containers and TTL nodes, if there are any, are persistent in it.");
      }
      return 0;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private DumpCounts write(Tree tree, Path part, Progress progress)
      throws IOException, InterruptedException {
    sync(tree.zooKeeper());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
      DumpWriter dump =
          new DumpWriter(
              out,
              new DumpHeader(
                  tree.name(),
                  path,
                  Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                  tree.tellsModes()));
      new TreeWalk(new NodeReads(tree), dump, progress).write(path);
      dump.end();
      return dump.counts();
    } finally {
      progress.end();
    }
  }

  /** So that all is there that was written before this program began. */
  private static void sync(ZooKeeper zooKeeper) throws IOException, InterruptedException {
    CompletableFuture<Code> synced = new CompletableFuture<>();
    zooKeeper.sync("/", (rc, p, c) -> synced.complete(Code.get(rc)), null);
    Code code = Failures.await(synced);
    if (code != Code.OK) {
      throw new IOException(Failures.text("sync", KeeperException.create(code)));
    }
  }
}
