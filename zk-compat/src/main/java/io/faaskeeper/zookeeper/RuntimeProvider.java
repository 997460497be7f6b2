package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import java.io.IOException;

/** Knows how to join a deployment. */
interface RuntimeProvider {
  /**
   * Makes a client process of the deployment. It may take seconds.
   *
   * @throws IOException if the deployment can't be reached now; the caller may try again
   */
  ClientRuntime open() throws IOException;
}
