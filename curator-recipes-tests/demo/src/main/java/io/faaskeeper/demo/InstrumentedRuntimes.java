package io.faaskeeper.demo;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.ClientRuntimeDecorator;

/** Puts the launcher's instruments around each client process of its JVM. */
public final class InstrumentedRuntimes implements ClientRuntimeDecorator {
  @Override
  public ClientRuntime decorate(ClientRuntime runtime) {
    return Instruments.OF_THIS_JVM.around(runtime);
  }
}
