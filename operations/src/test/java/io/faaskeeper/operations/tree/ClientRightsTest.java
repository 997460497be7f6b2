package io.faaskeeper.operations.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.operations.check.Emulators;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dump needs of a deployment. */
@Timeout(180)
final class ClientRightsTest {
  @TempDir private Path folder = Path.of("");

  /** As a client, which may not read the log. */
  @Test
  void modesAreReadWithoutTheLog() throws Exception {
    try (Emulators emulators = Emulators.start()) {
      Path file = Files.writeString(folder.resolve("config.json"), emulators.deploy("rights"));
      DeploymentConfig config = DeploymentConfig.read(file);
      deleteLog(config);
      try (StoredNodes stored = StoredNodes.open(config)) {
        assertEquals(
            Optional.empty(), stored.nodes().read("/a", false).toCompletableFuture().join().meta());
      }
    }
  }

  private static void deleteLog(DeploymentConfig config) {
    AwsClients.Endpoints endpoints =
        new AwsClients.Endpoints(
            config.region(), endpoint(config, "dynamodb"), endpoint(config, "sqs"));
    try (AwsClients clients = new AwsClients(endpoints, List.of())) {
      String log = new AwsDeploymentNames(config.name()).table(Tables.LOG);
      clients.dynamoDb().deleteTable(request -> request.tableName(log)).join();
    }
  }

  private static URI endpoint(DeploymentConfig config, String service) {
    return URI.create(Objects.requireNonNull(config.endpoints().get(service)));
  }
}
