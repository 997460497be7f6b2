package io.faaskeeper.parity;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.model.Credential;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.zookeeper.DaemonScheduler;
import io.faaskeeper.zookeeper.protocol.FrameSink;
import io.faaskeeper.zookeeper.protocol.ProtocolEndpoint;
import io.faaskeeper.zookeeper.protocol.ProtocolSession;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One connection that carries frames. */
interface Line extends AutoCloseable {
  void send(byte[] frame) throws IOException;

  /** The next frame, or null when the other side has ended the connection. */
  byte @Nullable [] receive() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /** To a server. */
  final class Tcp implements Line {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    Tcp(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in = new DataInputStream(socket.getInputStream());
      out = new DataOutputStream(socket.getOutputStream());
    }

    @Override
    public void send(byte[] frame) throws IOException {
      byte[] whole = new byte[4 + frame.length];
      ByteBuffer.wrap(whole).putInt(frame.length).put(frame);
      out.write(whole);
    }

    @Override
    public byte @Nullable [] receive() throws IOException {
      try {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
      } catch (EOFException | SocketException e) {
        return null;
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** To a protocol session. */
  final class Direct implements Line, FrameSink {
    private static final byte[] END = new byte[0];
    private static final int STEPS_MAX = 10_000;
    private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final ProtocolEndpoint endpoint;
    private final ProtocolSession session;
    private final BooleanSupplier step;

    Direct(ClientRuntime runtime) {
      this(runtime, Clock.SYSTEM, DaemonScheduler.ANSWERS, () -> false);
    }

    /**
     * With time of its own.
     *
     * @param step lets some pass; false if there is none left
     */
    @SuppressWarnings("this-escape") // a sink is called when there is something to be sent
    Direct(ClientRuntime runtime, Clock clock, Scheduler scheduler, BooleanSupplier step) {
      this.step = step;
      endpoint =
          new ProtocolEndpoint(
              runtime,
              () -> List.of(new Credential("ip", "127.0.0.1".getBytes(StandardCharsets.US_ASCII))),
              clock,
              scheduler);
      session = endpoint.connect(this);
    }

    @Override
    public void send(byte[] frame) {
      session.receive(ByteBuffer.wrap(frame));
    }

    @Override
    public byte @Nullable [] receive() throws IOException, InterruptedException {
      for (int i = 0; i < STEPS_MAX && frames.isEmpty() && step.getAsBoolean(); i++) {
        // The next task has run.
      }
      byte[] frame = frames.poll(30, TimeUnit.SECONDS);
      if (frame == null) {
        throw new IOException("no frame came");
      }
      return frame == END ? null : frame;
    }

    @Override
    public void frame(ByteBuffer frame) {
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      frames.add(bytes);
    }

    @Override
    public void end(String reason) {
      frames.add(END);
    }

    @Override
    public void close() {
      session.disconnect();
      endpoint.close();
    }
  }
}
