package io.faaskeeper.benchmarks.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** FaaSKeeper in the memory of each client's own JVM, under ZooKeeper's unmodified client class. */
public final class InMemory implements Target {
  private final Path folder;

  /**
   * Makes nothing yet.
   *
   * @param folder for its configuration file
   */
  public InMemory(Path folder) {
    this.folder = folder;
  }

  @Override
  public void start() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        configuration(),
        """
        {
          "deployment-name": "benchmark",
          "cloud-provider": "memory"
        }
        """);
  }

  @Override
  public String connectString() {
    return Transport.CONNECT_STRING;
  }

  @Override
  public Map<String, String> clientProperties() {
    return Transport.properties(configuration());
  }

  private Path configuration() {
    return folder.resolve("faaskeeper.json");
  }

  @Override
  public void close() {
    // It ends with the client's JVM.
  }
}
