package io.faaskeeper.operations.tree;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.NodeStore;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's user storage, and nothing else of what it stores: it may be read with a client's
 * rights, where log and sessions may not.
 *
 * @param closing lets go of what was opened for it
 */
record StoredNodes(NodeStore nodes, Runnable closing) implements AutoCloseable {
  /** Opens it; calls nobody yet. */
  static StoredNodes open(DeploymentConfig config) {
    return switch (config.provider()) {
      case MEMORY -> inMemory(config);
      case AWS, LOCAL -> onAws(config);
    };
  }

  private static StoredNodes inMemory(DeploymentConfig config) {
    DeploymentStorage storage = Deployments.storage(config);
    return new StoredNodes(storage.nodes(), storage::close);
  }

  private static StoredNodes onAws(DeploymentConfig config) {
    AwsClients clients =
        new AwsClients(
            new AwsClients.Endpoints(
                config.region(),
                endpoint(config, "dynamodb"),
                endpoint(config, "sqs"),
                endpoint(config, "s3")),
            List.of());
    AwsPorts ports =
        new AwsPorts(
            clients, new AwsDeploymentNames(config.name()), Clock.SYSTEM, new SecureRandom());
    NodeStore nodes =
        switch (config.userStorage()) {
          case KEY_VALUE -> ports.nodes();
          case PERSISTENT -> ports.nodes(AwsDeployment.bucket(config), false);
          case HYBRID -> ports.nodes(AwsDeployment.bucket(config), true);
        };
    return new StoredNodes(nodes, clients::close);
  }

  private static @Nullable URI endpoint(DeploymentConfig config, String service) {
    String named = config.endpoints().get(service);
    return named == null ? null : URI.create(named);
  }

  @Override
  public void close() {
    closing.run();
  }
}
