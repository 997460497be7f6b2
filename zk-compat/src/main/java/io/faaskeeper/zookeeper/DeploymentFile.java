package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import java.io.IOException;
import java.nio.file.Path;

/** A deployment by its configuration file, which is read anew each time it is joined. */
record DeploymentFile(Path file) implements RuntimeProvider {
  @Override
  public ClientRuntime open() throws IOException {
    try {
      return Deployments.clientRuntime(DeploymentConfig.read(file));
    } catch (ConfigException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
