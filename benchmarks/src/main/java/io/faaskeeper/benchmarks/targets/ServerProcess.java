package io.faaskeeper.benchmarks.targets;

import io.faaskeeper.benchmarks.child.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.common.X509Exception.SSLContextException;
import org.jspecify.annotations.Nullable;

/**
 * One real ZooKeeper server in a process of its own, its defaults left alone: each write is forced
 * to the disk before it is acknowledged.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int ASK_MILLIS = 1_000;
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final int clientPort;
  private @Nullable ChildJvm process;

  ServerProcess(Path folder, int clientPort) {
    this.folder = folder;
    this.clientPort = clientPort;
  }

  /**
   * Starts the process; it may not answer yet.
   *
   * @param id its number in the ensemble
   * @param more lines of the configuration beyond those of a server that stands alone
   */
  void start(int id, List<String> more) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("myid"), Integer.toString(id));
    String config =
        """
        tickTime=2000
        dataDir=%s
        clientPortAddress=%s
        clientPort=%d
        forceSync=yes
        admin.enableServer=false
        4lw.commands.whitelist=srvr
        %s
        """
            .formatted(data.toAbsolutePath(), HOST, clientPort, String.join("\n", more));
    Path file = Files.writeString(folder.resolve("zoo.cfg"), config);
    process =
        ChildJvm.start(
            System.getProperty("java.class.path"),
            List.of("-Xmx512m", ServerMain.class.getName(), file.toString()),
            folder.resolve("server.log"));
  }

  /** Waits until it serves clients, and tells as what: standalone, leader, follower. */
  String awaitMode() throws IOException, InterruptedException {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process.await(START_LIMIT, this::mode);
  }

  private Optional<String> mode() {
    try {
      return FourLetterWordMain.send4LetterWord(HOST, clientPort, "srvr", false, ASK_MILLIS)
          .lines()
          .filter(line -> line.startsWith("Mode: "))
          .map(line -> line.substring("Mode: ".length()))
          .findFirst();
    } catch (IOException | SSLContextException e) {
      // Nobody listens yet.
      return Optional.empty();
    }
  }

  String address() {
    return HOST + ":" + clientPort;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
