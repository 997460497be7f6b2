package io.faaskeeper.benchmarks.targets;

import io.faaskeeper.benchmarks.child.BuiltModule;
import io.faaskeeper.benchmarks.child.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * FaaSKeeper as a local deployment, under ZooKeeper's unmodified client class: DynamoDB and SQS
 * emulated, and its functions, all in processes of their own that end with this one. The tables are
 * in the emulator's memory: nothing is synced to a disk.
 */
public final class OnEmulators implements Target {
  private static final String MAIN = "io.faaskeeper.host.Local";
  private static final String READY = "FaaSKeeper is ready";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private @Nullable ChildJvm process;

  /**
   * Starts nothing yet.
   *
   * @param folder for its configuration and logs
   */
  public OnEmulators(Path folder) {
    this.folder = folder;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    process =
        ChildJvm.start(
            BuiltModule.at("functions/host").classPath(),
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                MAIN,
                "--folder",
                folder.toString(),
                "--end-with-stdin"),
            folder.resolve("local.log"));
    String unused = process.awaitLine(START_LIMIT, READY);
  }

  @Override
  public String connectString() {
    return Transport.CONNECT_STRING;
  }

  @Override
  public Map<String, String> clientProperties() {
    return Transport.properties(folder.resolve("client.json"));
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
