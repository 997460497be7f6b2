package io.faaskeeper.zookeeper.protocol;

import io.faaskeeper.client.Reply;
import java.nio.ByteBuffer;
import org.apache.jute.Record;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.proto.ReplyHeader;
import org.jspecify.annotations.Nullable;

/** How one request is answered: what its reply becomes on the wire. */
interface Answer {
  /** Nothing but a header. */
  Answer HEADER = reply -> null;

  /**
   * The body that follows the header.
   *
   * @param reply one whose code is OK
   * @return the record, or null for none
   */
  @Nullable Record body(Reply reply);

  /** The zxid in the header. */
  default long zxid(Reply reply) {
    return reply.zxid();
  }

  /** Whether the connection ends after this answer. */
  default boolean last(Reply reply) {
    return false;
  }

  /**
   * The frame.
   *
   * @param established the frame that answered the connection's first one; not to be modified
   */
  default ByteBuffer frame(int xid, Reply reply, ByteBuffer established) {
    return Jute.frame(
        new ReplyHeader(xid, zxid(reply), reply.code().intValue()),
        reply.code() == Code.OK ? body(reply) : null);
  }
}
