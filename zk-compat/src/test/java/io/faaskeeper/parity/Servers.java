package io.faaskeeper.parity;

import io.faaskeeper.client.ClientOptions;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientRuntimes;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.MemoryDeployment;
import io.faaskeeper.port.VirtualTime;
import io.faaskeeper.processor.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What is compared. */
final class Servers {
  /** ZooKeeper's tick, on both. */
  static final int TICK_MILLIS = 3_000;

  /** Of {@code super:admin}; a server reads it when its classes are loaded. */
  private static final String SUPER_DIGEST_PROPERTY =
      "zookeeper.DigestAuthenticationProvider.superDigest";

  private Servers() {}

  /** A ZooKeeper server. Its sessions time out when it is told that they do. */
  record Real(RealServer server) implements Side.Server {
    @Override
    public Line open() throws IOException {
      return new Line.Tcp(server.port());
    }

    @Override
    public void expire(long sessionId, List<Peer> others) {
      server.expire(sessionId);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * FaaSKeeper in memory, with two processes that clients connect to in turn. Nothing of it has a
   * thread, and time passes only while somebody waits, so that a history is the same each time.
   */
  static final class Ours implements Side.Server {
    private final VirtualTime time = new VirtualTime();
    private final MemoryDeployment deployment;
    private final List<ClientRuntime> runtimes;
    private int opened;

    Ours() {
      Random random = new Random(1);
      // No heartbeat: the server has no container manager either.
      DeploymentConfig config =
          DeploymentConfig.parse(
              "{\"cloud-provider\": \"memory\", \"heartbeat-frequency\": 1000000, \"tick-time\": "
                  + TICK_MILLIS
                  + ", \"super-digest\": \""
                  + System.getProperty(SUPER_DIGEST_PROPERTY)
                  + "\"}");
      deployment = new MemoryDeployment(config, Limits.DEFAULT, time, time, random);
      ClientOptions options =
          ClientOptions.DEFAULTS
              .withTickMillis(config.tickMillis())
              .withSuperDigest(config.superDigest());
      runtimes =
          List.of(
              ClientRuntimes.create(deployment.clientPorts(), options, random),
              ClientRuntimes.create(deployment.clientPorts(), options, random));
    }

    @Override
    public Line open() {
      return new Line.Direct(runtimes.get(opened++ % runtimes.size()), time, time, time::step);
    }

    /** All others say that they live, for as long as any session may be silent. */
    @Override
    public void expire(long sessionId, List<Peer> others) throws IOException {
      for (int tick = 0; tick <= 21; tick++) {
        for (Peer other : others) {
          other.ping();
        }
        time.advance(Duration.ofMillis(TICK_MILLIS));
      }
    }

    @Override
    public void close() {
      runtimes.forEach(ClientRuntime::close);
      deployment.close();
    }
  }
}
