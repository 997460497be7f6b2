package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/** Finds out which deployment a handle is for. */
final class DeploymentChoice {
  private DeploymentChoice() {}

  static RuntimeHolder of(ZKClientConfig config) throws IOException {
    if (config instanceof FaasKeeperClientConfig own && own.runtime().isPresent()) {
      return new Lent(own.runtime().get());
    }
    return JvmRuntimes.of(file(config));
  }

  private static Path file(ZKClientConfig config) throws IOException {
    String name =
        named(
                config.getProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY),
                System.getProperty(FaasKeeperClientConfig.DEPLOYMENT_PROPERTY),
                System.getenv(FaasKeeperClientConfig.DEPLOYMENT_VARIABLE))
            .orElseThrow(
                () ->
                    new IOException(
                        "Which FaaSKeeper deployment? Set the system property "
                            + FaasKeeperClientConfig.DEPLOYMENT_PROPERTY
                            + " (or the variable "
                            + FaasKeeperClientConfig.DEPLOYMENT_VARIABLE
                            + ") to the path of its configuration file."));
    Path file = Path.of(name);
    if (!Files.isReadable(file)) {
      throw new IOException(
          "There is no FaaSKeeper configuration at "
              + file.toAbsolutePath()
              + ", which "
              + FaasKeeperClientConfig.DEPLOYMENT_PROPERTY
              + " names.");
    }
    return file.toRealPath();
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
