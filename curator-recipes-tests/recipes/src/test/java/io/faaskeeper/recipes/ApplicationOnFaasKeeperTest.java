package io.faaskeeper.recipes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import demoapp.Application;
import demoapp.CloseFromElsewhere;
import demoapp.LeaderInThisJvm;
import demoapp.Outcome;
import demoapp.PrintedReport;
import demoapp.Settings;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.zookeeper.client.ZKClientConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The application that passes on a real ZooKeeper passes on FaaSKeeper, unchanged: two system
 * properties are the difference, and its old connect string stays.
 */
@Isolated("system properties are everybody's")
class ApplicationOnFaasKeeperTest {
  private static final String SOCKET = ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET;

  @TempDir private Path folder;

  @BeforeEach
  void choose() throws IOException {
    Path file = folder.resolve("deployment.json");
    Files.writeString(
        file,
        "{\"cloud-provider\": \"memory\", \"deployment-name\": \"application\", \"tick-time\": 500}");
    System.setProperty(SOCKET, FaasKeeperClientConfig.SOCKET);
    System.setProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY, file.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(SOCKET);
    System.clearProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY);
  }

  @Test
  void everyRecipeBehaves() {
    Settings settings =
        new Settings("zookeeper.example:2181", Application.newBase(), Duration.ofSeconds(4));
    List<Outcome> outcomes =
        new Application(settings, new PrintedReport(System.out))
            .run(new LeaderInThisJvm(settings, new CloseFromElsewhere(settings)));
    assertTrue(outcomes.stream().allMatch(Outcome::passed), outcomes::toString);
  }
}
