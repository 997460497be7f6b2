package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import java.io.IOException;

/** Lends a runtime to many handles. Thread-safe. */
interface RuntimeHolder {
  /** The runtime, for the time until {@link #release} is called as often as this. */
  ClientRuntime acquire() throws IOException;

  void release();
}
