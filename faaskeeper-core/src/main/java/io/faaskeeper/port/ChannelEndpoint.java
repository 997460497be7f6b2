package io.faaskeeper.port;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The channel of the client processes of one runtime, which lives under one name after the other.
 */
public interface ChannelEndpoint extends AutoCloseable {
  /** Where a process of this name can be reached while it is open. */
  String address(String process);

  /**
   * Makes a process reachable; to be called when its row is there, so that whoever removes the row
   * knows what to remove with it. May be repeated.
   *
   * @return completes when what is pushed to it arrives, unless it is lost on its way
   */
  CompletionStage<Void> open(String process);

  /** The process has ended in order: what was made for it alone is removed. */
  void end(String process);

  /**
   * Sets who gets what arrives: sealed pushes, or anything a stranger sent. To be called once; the
   * receiver is called on any thread, and does not block.
   */
  void receive(Consumer<byte[]> receiver);

  /**
   * Receives no more. What was made for a process that did not end stays, as after its death. Waits
   * a second at most for what {@link #end} began.
   */
  @Override
  void close();
}
