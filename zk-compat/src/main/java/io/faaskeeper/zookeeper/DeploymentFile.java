package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import java.io.IOException;
import java.nio.file.Path;

/** A deployment by its configuration file, which is read anew each time it is joined. */
record DeploymentFile(Path file) implements RuntimeProvider {
  /**
   * Reads the file.
   *
   * @throws IOException if it can't be read, or is wrong: in one line
   */
  DeploymentConfig read() throws IOException {
    try {
      return DeploymentConfig.read(file);
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public ClientRuntime open() throws IOException {
    DeploymentConfig config = read();
    try {
      return Deployments.clientRuntime(config);
    } catch (RuntimeException e) {
      throw new IOException(
          "The FaaSKeeper deployment of " + file + " can't be joined: " + JoinFailure.reason(e), e);
    }
  }
}
