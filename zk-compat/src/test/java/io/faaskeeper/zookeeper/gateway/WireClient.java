package io.faaskeeper.zookeeper.gateway;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;
import org.apache.jute.Record;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.ConnectResponse;
import org.apache.zookeeper.proto.GetDataRequest;
import org.apache.zookeeper.proto.ReplyHeader;
import org.apache.zookeeper.proto.RequestHeader;

/** A socket that speaks ZooKeeper's protocol as the test says, right or wrong. */
final class WireClient implements AutoCloseable {
  private static final int WAIT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final DataOutputStream out;

  WireClient(int port) throws IOException {
    this(port, 0);
  }

  /** With a small buffer for what comes, if it is not 0. */
  WireClient(int port, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(WAIT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** The answer to a four-letter word, up to the end of the stream. */
  static String word(int port, String word) throws IOException {
    try (WireClient client = new WireClient(port)) {
      client.raw(word.getBytes(StandardCharsets.US_ASCII));
      return new String(client.in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Sends nothing more, and reads on. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  void raw(byte... bytes) throws IOException {
    out.write(bytes);
  }

  void length(int length) throws IOException {
    out.writeInt(length);
  }

  void connect(int timeoutMillis, long sessionId, byte[] password, long seen) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(45);
    request.putInt(0).putLong(seen).putInt(timeoutMillis).putLong(sessionId);
    request.putInt(password.length).put(password).put((byte) 0);
    out.writeInt(request.position());
    out.write(request.array(), 0, request.position());
  }

  /** As clients before 3.4: without the read-only flag. */
  void connectOld(int timeoutMillis) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(44);
    request.putInt(0).putLong(0).putInt(timeoutMillis).putLong(0).putInt(16);
    out.writeInt(request.capacity());
    out.write(request.array());
  }

  /** A new session. */
  ConnectResponse connect(int timeoutMillis) throws IOException {
    connect(timeoutMillis, 0, new byte[16], 0);
    return connected();
  }

  ConnectResponse connected() throws IOException {
    ConnectResponse response = new ConnectResponse();
    response.deserialize(BinaryInputArchive.getArchive(new ByteArrayInputStream(frame())), "r");
    return response;
  }

  void send(int xid, int type, Record... body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryOutputArchive archive = BinaryOutputArchive.getArchive(bytes);
    new RequestHeader(xid, type).serialize(archive, "header");
    for (Record record : body) {
      record.serialize(archive, "body");
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    new DataOutputStream(packet).writeInt(bytes.size());
    bytes.writeTo(packet);
    packet.writeTo(out);
  }

  void getData(int xid, String path) throws IOException {
    send(xid, OpCode.getData, new GetDataRequest(path, false));
  }

  /** The header of the next packet. */
  ReplyHeader header() throws IOException {
    ReplyHeader header = new ReplyHeader();
    header.deserialize(BinaryInputArchive.getArchive(new ByteArrayInputStream(frame())), "header");
    return header;
  }

  byte[] frame() throws IOException {
    byte[] frame = new byte[in.readInt()];
    in.readFully(frame);
    return frame;
  }

  /** Waits for the end of the stream, and returns how many bytes came before it. */
  int bytesToEnd() throws IOException {
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (SocketException e) {
      // Reset: an end, too.
    }
    return count;
  }

  /** Closes without a word. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
