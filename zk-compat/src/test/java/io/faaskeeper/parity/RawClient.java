package io.faaskeeper.parity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.ClientCnxn;
import org.apache.zookeeper.proto.ConnectRequest;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;
import org.apache.zookeeper.proto.WatcherEvent;

/**
 * ZooKeeper's protocol without ZooKeeper's client, which would keep much of what is to be tried
 * from the server. One session; not thread-safe.
 */
final class RawClient implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final long sessionId;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
    write(new ConnectRequest(0, 0, 60_000, 0, new byte[16], false));
    ConnectResponse response = new ConnectResponse();
    response.deserialize(nextFrame(), "connect");
    sessionId = response.getSessionId();
  }

  long sessionId() {
    return sessionId;
  }

  void send(int xid, int opCode, Record... body) throws IOException {
    Record[] frame = new Record[body.length + 1];
    frame[0] = new RequestHeader(xid, opCode);
    System.arraycopy(body, 0, frame, 1, body.length);
    write(frame);
  }

  private void write(Record... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryOutputArchive archive = BinaryOutputArchive.getArchive(bytes);
    for (Record record : records) {
      record.serialize(archive, "record");
    }
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  /**
   * The next reply, read into {@code body} if it is no error; events that come before it go to
   * {@code events}.
   */
  ReplyHeader receive(Record body, List<Event> events) throws IOException {
    while (true) {
      BinaryInputArchive frame = nextFrame();
      ReplyHeader header = new ReplyHeader();
      header.deserialize(frame, "header");
      if (header.getXid() != ClientCnxn.NOTIFICATION_XID) {
        if (header.getErr() == 0) {
          body.deserialize(frame, "body");
        }
        return header;
      }
      WatcherEvent event = new WatcherEvent();
      event.deserialize(frame, "event");
      events.add(new Event(header.getZxid(), event.getType(), event.getPath()));
    }
  }

  /** A watch event, its type as ZooKeeper numbers it. */
  record Event(long zxid, int type, String path) {}

  private BinaryInputArchive nextFrame() throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return BinaryInputArchive.getArchive(new ByteArrayInputStream(frame));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
