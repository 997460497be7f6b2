package io.faaskeeper.host.lambda;

import java.io.IOException;

/** Starts the process in which an instance runs. */
interface SandboxLauncher {
  /**
   * Starts it; returns before it is ready.
   *
   * @param instance its name, unique in the life of the host
   * @param runtimeApi where it polls: host, port and path
   */
  Process launch(FunctionSpec function, String instance, String runtimeApi) throws IOException;
}
