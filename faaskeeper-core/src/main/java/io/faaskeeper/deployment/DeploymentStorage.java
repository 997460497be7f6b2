package io.faaskeeper.deployment;

import io.faaskeeper.port.ChildStore;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.OwnerIndex;
import io.faaskeeper.port.ProcessRegistry;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.Watermarks;

/**
 * What a deployment stores, for tools that look at it and change nothing. Not all of it may be read
 * with a client's rights: sessions are for functions.
 *
 * @param closing lets go of what was opened for it
 */
public record DeploymentStorage(
    TransactionLog log,
    Watermarks watermarks,
    NodeStore nodes,
    ChildStore children,
    OwnerIndex owners,
    SessionStore sessions,
    ProcessRegistry processes,
    Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
