package io.faaskeeper.demo;

import demoapp.DoomedLeader;
import demoapp.LeaderInThisJvm;
import demoapp.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Storage and stages in this JVM. The leader dies when nothing is heard of its session any more.
 */
final class MemoryLaunch implements Launch {
  /** Of ZooKeeper's tick, a quarter: so that an expiry is not waited for long. */
  private static final String CONFIGURATION =
      """
      {
        "cloud-provider": "memory",
        "deployment-name": "demo",
        "tick-time": 500
      }
      """;

  private final Path file;
  private final Silence silence;

  MemoryLaunch(Silence silence) throws IOException {
    this.silence = silence;
    file = Files.createTempFile("faaskeeper-demo", ".json");
    Files.writeString(file, CONFIGURATION);
  }

  @Override
  public String description() {
    return "a deployment in the memory of this JVM";
  }

  @Override
  public Path configuration() {
    return file;
  }

  @Override
  public Duration sessionTimeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public DoomedLeader leader(Settings settings) {
    return new LeaderInThisJvm(
        settings,
        (session, password) -> {
          silence.fallsOn(session);
          return "is not heard any more, and will expire";
        });
  }

  @Override
  public Optional<Spending> functions() {
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    Files.delete(file);
  }
}
