package io.faaskeeper.port;

import java.util.function.Consumer;

/** A client process's side of its channel. */
public interface ChannelEndpoint extends AutoCloseable {
  /** Where this process can be reached. */
  String address();

  /**
   * Sets who gets what arrives: sealed pushes, or anything a stranger sent. To be called once; the
   * receiver is called on any thread, and does not block.
   */
  void receive(Consumer<byte[]> receiver);

  @Override
  void close();
}
