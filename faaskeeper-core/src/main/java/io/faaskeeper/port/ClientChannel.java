package io.faaskeeper.port;

/** The service's side of the way to a client process. */
public interface ClientChannel {
  /**
   * Sends a sealed {@link io.faaskeeper.model.Push}, if it can. It may be lost, late or doubled,
   * and pushes may overtake each other. Never blocks, never throws for what is wrong at the other
   * side.
   *
   * @param address from the process's row
   */
  void push(String address, byte[] message);
}
