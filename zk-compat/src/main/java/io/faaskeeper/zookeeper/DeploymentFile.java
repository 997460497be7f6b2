package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import java.io.IOException;
import java.nio.file.Path;

/** A deployment by its configuration file, which is read anew each time it is joined. */
record DeploymentFile(Path file) implements RuntimeProvider {
  @Override
  public ClientRuntime open() throws IOException {
    throw new IOException("no deployment can be joined yet: " + file);
  }
}
