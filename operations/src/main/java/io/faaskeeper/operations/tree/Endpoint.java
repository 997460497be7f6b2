package io.faaskeeper.operations.tree;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.zookeeper.FaasKeeper;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import io.faaskeeper.zookeeper.JoinFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that name a tree: of a FaaSKeeper deployment, or of ZooKeeper servers. */
final class Endpoint {
  private static final int SESSION_TIMEOUT_MILLIS = 30_000;

  /** For listings and data that are larger than ZooKeeper's default allows. */
  private static final String MAX_BUFFER = "jute.maxbuffer";

  private static final int MAX_BUFFER_BYTES = 64 << 20;

  @ArgGroup(exclusive = true)
  private Place place = new Place();

  @Option(
      names = "--auth",
      paramLabel = "SCHEME:CREDENTIALS",
      description = "As addauth of ZooKeeper's shell: digest:user:password. May be repeated.")
  private List<String> auth = List.of();

  private static final class Place {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "A FaaSKeeper deployment, by its configuration. Without this and --zookeeper, the one"
                + " that the variable FAASKEEPER_CONFIG names.")
    private @Nullable Path config;

    @Option(
        names = "--zookeeper",
        paramLabel = "HOST:PORT,...",
        description = "ZooKeeper servers, or gateways: a connect string, with or without a chroot.")
    private @Nullable String connectString;
  }

  /**
   * Opens it.
   *
   * @throws IOException if that can't be done: in one line
   * @throws ConfigException if the deployment's configuration is wrong: in one line
   */
  Tree open() throws IOException, InterruptedException {
    if (System.getProperty(MAX_BUFFER) == null) {
      System.setProperty(MAX_BUFFER, String.valueOf(MAX_BUFFER_BYTES));
    }
    Tree.Connected connected = new Tree.Connected();
    Tree tree =
        place.connectString == null
            ? faasKeeper(connected)
            : servers(place.connectString, connected);
    try {
      for (String credentials : auth) {
        int colon = credentials.indexOf(':');
        if (colon < 1) {
          throw new IOException("--auth is SCHEME:CREDENTIALS, as digest:user:password");
        }
        tree.zooKeeper()
            .addAuthInfo(
                credentials.substring(0, colon),
                credentials.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
      }
      connected.await(tree.name());
      return tree;
    } catch (IOException | RuntimeException | InterruptedException e) {
      tree.close();
      throw e;
    }
  }

  private static Tree servers(String connectString, Tree.Connected connected) throws IOException {
    try {
      ZooKeeper handle =
          new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, connected, new ZKClientConfig());
      return new Tree(handle, Modes.UNKNOWN, false, "ZooKeeper at " + connectString, () -> {});
    } catch (IllegalArgumentException e) {
      throw new IOException("\"" + connectString + "\" is no connect string: " + e.getMessage(), e);
    }
  }

  private Tree faasKeeper(Tree.Connected connected) throws IOException {
    DeploymentConfig config =
        place.config == null ? DeploymentConfig.load() : DeploymentConfig.read(place.config);
    FaasKeeperClientConfig client =
        place.config == null
            ? new FaasKeeperClientConfig()
            : new FaasKeeperClientConfig(place.config);
    DeploymentStorage storage = storage(config);
    try {
      return new Tree(
          new FaasKeeper("faaskeeper", SESSION_TIMEOUT_MILLIS, connected, client),
          Modes.of(storage.nodes()),
          true,
          "FaaSKeeper's deployment " + config.name(),
          storage::close);
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static DeploymentStorage storage(DeploymentConfig config) throws IOException {
    try {
      return Deployments.storage(config);
    } catch (CompletionException e) {
      throw new IOException(config.name() + " can't be read: " + JoinFailure.reason(e), e);
    }
  }
}
