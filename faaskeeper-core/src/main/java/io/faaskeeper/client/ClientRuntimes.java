package io.faaskeeper.client;

import io.faaskeeper.port.ClientPorts;
import java.util.random.RandomGenerator;

/** Makes client runtimes. */
public final class ClientRuntimes {
  private ClientRuntimes() {}

  /**
   * A client runtime over ports, which it may use until it is closed, the channel endpoint alone.
   * It does nothing before the first session is asked for.
   *
   * @param secureRandom makes secrets, tokens and session ids; a {@link java.security.SecureRandom}
   *     but in tests. Used by one thread at a time.
   */
  public static ClientRuntime create(
      ClientPorts ports, ClientOptions options, RandomGenerator secureRandom) {
    DefaultClientRuntime runtime = new DefaultClientRuntime(ports, options, secureRandom);
    runtime.begin();
    return runtime;
  }
}
