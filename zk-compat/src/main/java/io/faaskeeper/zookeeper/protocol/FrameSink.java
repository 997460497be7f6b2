package io.faaskeeper.zookeeper.protocol;

import java.nio.ByteBuffer;

/**
 * Where a connection's answers and events go. Calls come one after the other, on any thread; they
 * must not block, nor call the {@link ProtocolSession} back.
 */
public interface FrameSink {
  /**
   * A frame for the client, without the length that precedes it on a stream. It is the sink's own.
   */
  void frame(ByteBuffer frame);

  /**
   * A frame that answers a request.
   *
   * @param zxid up to where the answer shows
   */
  default void answer(Asked asked, long zxid, ByteBuffer frame) {
    frame(frame);
  }

  /**
   * Runs a task when the frames so far have left this JVM, or reached the client in it: within the
   * call or later, on any thread, and never if the connection ends before.
   */
  default void whenSent(Runnable task) {
    task.run();
  }

  /**
   * The last call: the connection is over. What carries it is to be closed and {@link
   * ProtocolSession#disconnect} to be called.
   *
   * @param reason for a log line
   */
  void end(String reason);
}
