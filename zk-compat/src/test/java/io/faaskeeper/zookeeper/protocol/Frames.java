package io.faaskeeper.zookeeper.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.server.ByteBufferInputStream;

/** What a client of the protocol writes and reads. */
public final class Frames {
  private Frames() {}

  public static ByteBuffer connect(long sessionId, byte[] password, int timeoutMillis, long seen) {
    return of(
        new org.apache.zookeeper.proto.ConnectRequest(
            0, seen, timeoutMillis, sessionId, password, false));
  }

  public static ByteBuffer request(int xid, int type, Record... body) {
    Record[] records = new Record[body.length + 1];
    records[0] = new RequestHeader(xid, type);
    System.arraycopy(body, 0, records, 1, body.length);
    return of(records);
  }

  public static ByteBuffer of(Record... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryOutputArchive out = BinaryOutputArchive.getArchive(bytes);
    try {
      for (Record record : records) {
        record.serialize(out, "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  public static ReplyHeader header(ByteBuffer frame) {
    return read(frame.duplicate(), new ReplyHeader());
  }

  /** The body behind a reply's header. */
  public static <T extends Record> T body(ByteBuffer frame, T record) {
    ByteBuffer body = frame.duplicate();
    read(body, new ReplyHeader());
    return read(body, record);
  }

  private static <T extends Record> T read(ByteBuffer frame, T record) {
    try {
      record.deserialize(BinaryInputArchive.getArchive(new ByteBufferInputStream(frame)), "");
      return record;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String hex(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
