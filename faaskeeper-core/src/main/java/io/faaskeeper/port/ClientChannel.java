package io.faaskeeper.port;

import java.util.concurrent.CompletionStage;

/** The service's side of the way to a client process. */
public interface ClientChannel {
  /**
   * Sends a sealed {@link io.faaskeeper.model.Push}, if it can. It may be lost, late or doubled,
   * and pushes may overtake each other. Never blocks, never fails for what is wrong at the other
   * side.
   *
   * @param address from the process's row
   * @return completes when nothing is left to be done here for this push: a function may be frozen
   *     then
   */
  CompletionStage<Void> push(String address, byte[] message);

  /**
   * Removes what the way to a process needed that is gone for good. To do it again, or where there
   * is nothing to remove, is harmless.
   */
  CompletionStage<Void> remove(String address);
}
