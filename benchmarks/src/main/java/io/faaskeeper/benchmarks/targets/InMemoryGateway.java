package io.faaskeeper.benchmarks.targets;

import io.faaskeeper.benchmarks.child.BuiltModule;
import io.faaskeeper.benchmarks.child.ChildJvm;
import io.faaskeeper.zookeeper.gateway.GatewayMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** FaaSKeeper in the memory of a gateway of its own, which clients reach as they reach a server. */
public final class InMemoryGateway implements Target {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private @Nullable ChildJvm process;
  private String address = "";

  /**
   * Makes nothing yet.
   *
   * @param folder for its log
   */
  public InMemoryGateway(Path folder) {
    this.folder = folder;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    ChildJvm started =
        ChildJvm.start(
            BuiltModule.at("zk-compat").classPath(),
            List.of(
                "-Xmx512m",
                GatewayMain.class.getName(),
                "--provider",
                "memory",
                "--address",
                "127.0.0.1",
                "--port",
                "0",
                "--end-with-stdin"),
            Files.createDirectories(folder).resolve("gateway.log"));
    process = started;
    String line = started.awaitLine(START_LIMIT, GatewayMain.READY);
    address = line.substring(GatewayMain.READY.length());
  }

  @Override
  public String connectString() {
    return address;
  }

  @Override
  public Map<String, String> clientProperties() {
    return Map.of();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
