package io.faaskeeper.aws;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The form of messages on a connection: four bytes of length, then the message. An instance takes
 * one connection's bytes apart. It holds no more memory than twice the bytes that came, whatever
 * length a stranger announces. Not thread-safe.
 */
final class Frames {
  static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final int FIRST_BYTES = 4096;

  private final ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
  private byte[] body = {};
  private int bodyLength;
  private int bodyBytes;

  /** A message with its length before it. */
  static ByteBuffer frame(byte[] message) {
    return ByteBuffer.allocate(Integer.BYTES + message.length)
        .putInt(message.length)
        .put(message)
        .flip();
  }

  /**
   * Takes all of {@code bytes}.
   *
   * @param receiver of the messages that they complete
   * @throws ProtocolException if what comes is no frame; the connection is of no use any more
   */
  void take(ByteBuffer bytes, Consumer<byte[]> receiver) throws ProtocolException {
    while (bytes.hasRemaining()) {
      if (header.hasRemaining()) {
        header.put(bytes.get());
        if (!header.hasRemaining()) {
          begin(header.getInt(0));
        }
      } else {
        fill(bytes);
      }
      if (!header.hasRemaining() && bodyBytes == bodyLength) {
        byte[] message = body.length == bodyLength ? body : Arrays.copyOf(body, bodyLength);
        header.clear();
        body = new byte[0];
        bodyBytes = 0;
        receiver.accept(message);
      }
    }
  }

  /** Bytes of memory that an unfinished message takes. */
  int heldBytes() {
    return body.length;
  }

  private void begin(int length) throws ProtocolException {
    if (length < 0 || length > MAX_BYTES) {
      throw new ProtocolException("a frame of " + Integer.toUnsignedString(length) + " bytes");
    }
    bodyLength = length;
    body = new byte[Math.min(length, FIRST_BYTES)];
  }

  private void fill(ByteBuffer bytes) {
    int taken = Math.min(bytes.remaining(), bodyLength - bodyBytes);
    if (bodyBytes + taken > body.length) {
      body =
          Arrays.copyOf(body, Math.min(bodyLength, Math.max(2 * body.length, bodyBytes + taken)));
    }
    bytes.get(body, bodyBytes, taken);
    bodyBytes += taken;
  }
}
