package io.faaskeeper.zookeeper.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a connection delivers. */
final class RecordingSink implements FrameSink {
  private final BlockingQueue<ByteBuffer> frames = new LinkedBlockingQueue<>();
  volatile @Nullable String end;

  @Override
  public void frame(ByteBuffer frame) {
    frames.add(frame);
  }

  @Override
  public void end(String reason) {
    end = reason;
  }

  /** A frame that is there already. */
  ByteBuffer next() {
    ByteBuffer frame = frames.poll();
    if (frame == null) {
      throw new AssertionError("no frame");
    }
    return frame;
  }

  /** The next frame, or null if the connection ends without one. */
  @Nullable ByteBuffer await() throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      ByteBuffer frame = frames.poll(10, TimeUnit.MILLISECONDS);
      if (frame != null) {
        return frame;
      }
      if (end != null && frames.isEmpty()) {
        return null;
      }
    }
    throw new AssertionError("neither a frame nor the end");
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }
}
