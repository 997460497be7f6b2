package io.faaskeeper.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it can't stop a process for a while")
class CreationTest {
  /** Longer than a call waits. */
  private static final int STOPPED_SECONDS = 12;

  @TempDir Path folder;

  @Test
  void emulatorsThatAreSlowToBeginAreWaitedFor() throws Exception {
    DeploymentConfig config = DeploymentConfig.parse("{\"user-storage\": \"hybrid\"}");
    try (EmulatorProcess emulators = EmulatorProcess.start(null, folder.resolve("emulators.log"));
        AwsClients clients =
            new AwsClients(
                new AwsClients.Endpoints(
                    config.region(), emulators.dynamoDb(), emulators.sqs(), emulators.s3()),
                List.of())) {
      signal(emulators, "STOP");
      CompletableFuture<Void> created =
          CompletableFuture.runAsync(new Creation(clients, config, 20)::run);
      TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
      signal(emulators, "CONT");
      created.join();

      String bucket = AwsDeployment.bucket(config);
      assertTrue(
          clients.s3().listBuckets().join().buckets().stream()
              .anyMatch(there -> there.name().equals(bucket)));
    }
  }

  private static void signal(EmulatorProcess emulators, String signal)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(emulators.pid()))
            .inheritIO()
            .start();
    assertEquals(0, kill.waitFor());
  }
}
