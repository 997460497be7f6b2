package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.ClientSession;
import java.nio.ByteBuffer;

/**
 * The answer to a {@link ConnectRequest}.
 *
 * @param timeoutMillis the negotiated timeout
 * @param sessionId the session
 * @param password its password, of 16 bytes
 */
record ConnectResponse(int timeoutMillis, long sessionId, byte[] password) {
  private static final int PROTOCOL_VERSION = 0;

  /** What ZooKeeper says of a session that is no more. */
  static final ConnectResponse EXPIRED = new ConnectResponse(0, 0, new byte[16]);

  static ConnectResponse of(ClientSession session) {
    return new ConnectResponse(session.timeoutMillis(), session.id(), session.password());
  }

  /**
   * The frame.
   *
   * @param withReadOnly whether the client expects the read-only flag. It is never set: whoever can
   *     answer can write.
   */
  ByteBuffer frame(boolean withReadOnly) {
    ByteBuffer frame = ByteBuffer.allocate(20 + password.length + (withReadOnly ? 1 : 0));
    frame.putInt(PROTOCOL_VERSION).putInt(timeoutMillis).putLong(sessionId);
    frame.putInt(password.length).put(password);
    if (withReadOnly) {
      frame.put((byte) 0);
    }
    return frame.flip();
  }
}
