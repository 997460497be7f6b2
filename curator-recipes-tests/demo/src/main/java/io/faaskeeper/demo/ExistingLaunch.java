package io.faaskeeper.demo;

import demoapp.DoomedLeader;
import demoapp.LeaderInOwnJvm;
import demoapp.Settings;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;

/**
 * A deployment that runs already, by its configuration file. What its functions spend is not known
 * here. The leader is a JVM of its own that is killed.
 */
record ExistingLaunch(Path configuration) implements Launch {
  @Override
  public String description() {
    return "it runs already, as " + configuration + " says";
  }

  @Override
  public Duration sessionTimeout() {
    return Duration.ofSeconds(4);
  }

  @Override
  public DoomedLeader leader(Settings settings) {
    return new LeaderInOwnJvm(
        settings,
        List.of(
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-D"
                + ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET
                + "="
                + FaasKeeperClientConfig.SOCKET,
            "-D" + FaasKeeperClientConfig.DEPLOYMENT_PROPERTY + "=" + configuration));
  }

  @Override
  public Optional<Spending> functions() {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
