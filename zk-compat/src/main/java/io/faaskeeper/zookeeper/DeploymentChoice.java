package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/** Finds out which deployment a handle is for. */
final class DeploymentChoice {
  private DeploymentChoice() {}

  /**
   * What holds the runtime for a handle with this configuration. Joins nothing.
   *
   * @throws IOException if no deployment is named, or its configuration is wrong: in one line
   */
  static RuntimeHolder of(ZKClientConfig config) throws IOException {
    if (config instanceof FaasKeeperClientConfig own && own.runtime().isPresent()) {
      return new Lent(own.runtime().get());
    }
    DeploymentFile file = new DeploymentFile(path(config).toAbsolutePath().normalize());
    file.read();
    return JvmRuntimes.of(file);
  }

  private static Path path(ZKClientConfig config) throws IOException {
    return named(
            config.getProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY),
            System.getProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY),
            System.getenv(FaasKeeperClientConfig.DEPLOYMENT_VARIABLE))
        .map(Path::of)
        .orElseThrow(
            () ->
                new IOException(
                    "Which FaaSKeeper deployment? Set the system property "
                        + FaasKeeperClientConfig.DEPLOYMENT_PROPERTY
                        + " (or the variable "
                        + FaasKeeperClientConfig.DEPLOYMENT_VARIABLE
                        + ") to the path of its configuration file."));
  }

  private static Optional<String> named(@Nullable String... candidates) {
    return Stream.of(candidates).filter(c -> c != null && !c.isBlank()).findFirst();
  }

  /** A runtime that is the program's own. */
  private record Lent(ClientRuntime runtime) implements RuntimeHolder {
    @Override
    public ClientRuntime acquire() {
      return runtime;
    }

    @Override
    public void release() {}
  }
}
