package demoapp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The application is an ordinary one: it passes on a real ZooKeeper server. */
class ApplicationOnZooKeeperTest {
  private static final int TICK_MILLIS = 500;

  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer(new InstanceSpec(null, -1, -1, -1, true, -1, TICK_MILLIS, -1), true);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyRecipeBehavesWithAKilledLeader() {
    Settings settings = settings(Duration.ofSeconds(4));
    allPass(settings, new LeaderInOwnJvm(settings, List.of("-Xmx128m", "-XX:+UseSerialGC")));
  }

  @Test
  void everyRecipeBehavesWithAnExpiredLeader() {
    Settings settings = settings(Duration.ofSeconds(4));
    allPass(settings, new LeaderInThisJvm(settings, new CloseFromElsewhere(settings)));
  }

  private Settings settings(Duration sessionTimeout) {
    return new Settings(server.getConnectString(), Application.newBase(), sessionTimeout);
  }

  private static void allPass(Settings settings, DoomedLeader doomed) {
    List<Outcome> outcomes = new Application(settings, new PrintedReport(System.out)).run(doomed);
    assertEquals(8, outcomes.size());
    assertTrue(outcomes.stream().allMatch(Outcome::passed), outcomes::toString);
  }
}
