package io.faaskeeper.benchmarks.targets;

import io.faaskeeper.benchmarks.child.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A real ensemble of three ZooKeeper servers. Clients are sent to its followers: two clients in
 * three talk to one, and a run in which chance picks the leader can't be compared with the next.
 */
public final class Ensemble implements Target {
  private static final int SERVERS = 3;

  private final List<ServerProcess> servers;
  private final List<String> configuration = new ArrayList<>();
  private final List<String> followers = new ArrayList<>();

  /**
   * Takes free ports.
   *
   * @param folder for the servers' data, on the disk that they are to sync to
   */
  public Ensemble(Path folder) throws IOException {
    List<Integer> ports = Ports.free(3 * SERVERS);
    servers =
        IntStream.range(0, SERVERS)
            .mapToObj(i -> new ServerProcess(folder.resolve("server-" + (i + 1)), ports.get(i)))
            .toList();
    configuration.add("initLimit=10");
    configuration.add("syncLimit=5");
    for (int i = 0; i < SERVERS; i++) {
      configuration.add(
          "server.%d=127.0.0.1:%d:%d"
              .formatted(i + 1, ports.get(SERVERS + i), ports.get(2 * SERVERS + i)));
    }
  }

  @Override
  public void start() throws IOException, InterruptedException {
    for (int i = 0; i < SERVERS; i++) {
      servers.get(i).start(i + 1, configuration);
    }
    for (ServerProcess server : servers) {
      if (server.awaitMode().equals("follower")) {
        followers.add(server.address());
      }
    }
    if (followers.size() != SERVERS - 1) {
      throw new IOException("an ensemble of three with the followers " + followers);
    }
  }

  @Override
  public String connectString() {
    return String.join(",", followers);
  }

  @Override
  public Map<String, String> clientProperties() {
    return Map.of();
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
  }
}
