package io.faaskeeper.benchmarks.targets;

import io.faaskeeper.benchmarks.child.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real ZooKeeper server that stands alone. */
public final class SingleServer implements Target {
  private final ServerProcess server;

  /**
   * Takes a free port.
   *
   * @param folder for its data, on the disk that it is to sync to
   */
  public SingleServer(Path folder) throws IOException {
    server = new ServerProcess(folder, Ports.free(1).get(0));
  }

  @Override
  public void start() throws IOException, InterruptedException {
    server.start(1, List.of());
    server.awaitMode();
  }

  @Override
  public String connectString() {
    return server.address();
  }

  @Override
  public Map<String, String> clientProperties() {
    return Map.of();
  }

  @Override
  public void close() {
    server.close();
  }
}
