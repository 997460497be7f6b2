package io.faaskeeper.deployment;

import io.faaskeeper.client.ClientRuntime;

/**
 * Wraps the client processes of this JVM, to count or trace what their sessions do. Implementations
 * are found by {@link java.util.ServiceLoader}; each runtime is given to all of them, one around
 * the other.
 */
public interface ClientRuntimeDecorator {
  /**
   * A runtime that does what the given one does, and closes it when it is closed. Called once for
   * each, on any thread.
   */
  ClientRuntime decorate(ClientRuntime runtime);
}
