package io.faaskeeper.zookeeper.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.jute.BinaryInputArchive;
import org.apache.zookeeper.server.ByteBufferInputStream;

/**
 * The first frame of a connection. Read field by field, because clients before 3.4 end it without
 * the last one, and ZooKeeper's own record of it differs between versions.
 *
 * @param lastZxidSeen what the client saw last
 * @param timeoutMillis the session timeout it asks for
 * @param sessionId the session to attach, or 0 for a new one
 * @param password of the session
 * @param readOnlyKnown whether the client sent (and expects in the answer) the read-only flag
 */
record ConnectRequest(
    long lastZxidSeen, int timeoutMillis, long sessionId, byte[] password, boolean readOnlyKnown) {

  static ConnectRequest read(ByteBuffer frame) throws IOException {
    BinaryInputArchive in = BinaryInputArchive.getArchive(new ByteBufferInputStream(frame));
    in.readInt("protocolVersion");
    long lastZxidSeen = in.readLong("lastZxidSeen");
    int timeoutMillis = in.readInt("timeOut");
    long sessionId = in.readLong("sessionId");
    byte[] password = in.readBuffer("passwd");
    return new ConnectRequest(
        lastZxidSeen,
        timeoutMillis,
        sessionId,
        password == null ? new byte[0] : password,
        frame.hasRemaining());
  }

  /** Whether this asks for the same session, so that one answer serves both. */
  boolean asksForTheSameAs(ConnectRequest other) {
    return sessionId == other.sessionId && timeoutMillis == other.timeoutMillis;
  }
}
