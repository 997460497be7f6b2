package io.faaskeeper.zookeeper.gateway.net;

import io.faaskeeper.zookeeper.protocol.Asked;
import io.faaskeeper.zookeeper.protocol.FrameSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is sent on one connection. Frames may come on any thread; they are written together by the
 * event loop, so that what was asked together is answered by one write. What comes while the event
 * loop handles what it read waits for {@link #write}.
 */
final class Outbox implements FrameSink {
  private static final int LENGTH_BYTES = 4;
  private static final int BATCH_BYTES = 64 << 10;

  /** Above this a copy costs more than a write of its own. */
  private static final int COPY_MAX_BYTES = 16 << 10;

  /** Who has the connection. */
  interface Owner {
    /** A frame is about to be sent. On any thread, one at a time. */
    void sending(ByteBuffer frame, @Nullable Asked asked, long zxid);

    /** Frames were written. On the event loop. */
    void written();

    /** The client took something. On the event loop. */
    void taken();

    /** All was written before an end. On the event loop. */
    void ended();

    /** More waits than may be. On any thread, perhaps more than once. */
    void overflowed();
  }

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final Channel channel;
  private final Owner owner;
  private final Queue<ByteBuffer> frames = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> whenSent = new ConcurrentLinkedQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile @Nullable String end;

  /** Of the event loop, all. */
  private boolean reading;

  private boolean closing;
  private long doneBytes;

  Outbox(Channel channel, Owner owner) {
    this.channel = channel;
    this.owner = owner;
  }

  @Override
  public void frame(ByteBuffer frame) {
    add(frame, null, 0);
  }

  @Override
  public void answer(Asked asked, long zxid, ByteBuffer frame) {
    add(frame, asked, zxid);
  }

  private void add(ByteBuffer frame, @Nullable Asked asked, long zxid) {
    owner.sending(frame, asked, zxid);
    long queued = queuedBytes.addAndGet(frame.remaining() + (long) LENGTH_BYTES);
    frames.add(frame);
    if (queued + pendingBytes() > ConnectionLimits.OUTGOING_MAX_BYTES) {
      owner.overflowed();
    }
    schedule();
  }

  @Override
  public void whenSent(Runnable task) {
    whenSent.add(task);
    schedule();
  }

  @Override
  public void end(String reason) {
    end = reason;
    schedule();
  }

  private void schedule() {
    if (channel.eventLoop().inEventLoop() && reading) {
      return;
    }
    if (scheduled.compareAndSet(false, true)) {
      later(this::writeScheduled);
    }
  }

  /** Does something on the event loop, unless it has ended. On any thread. */
  void later(Runnable task) {
    try {
      channel.eventLoop().execute(task);
    } catch (RejectedExecutionException e) {
      log.debug("{} is closed with its event loop", channel, e);
    }
  }

  private void writeScheduled() {
    scheduled.set(false);
    write();
  }

  /** The event loop begins to handle what it read; {@link #write} ends it. */
  void beginReading() {
    reading = true;
  }

  /** Why the connection is over, or null. */
  @Nullable String ended() {
    return end;
  }

  /** Bytes that were not yet given to the socket. On any thread. */
  long waitingBytes() {
    return queuedBytes.get() + pendingBytes();
  }

  private long pendingBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** A number that grows while the client takes what is sent. On the event loop. */
  long progress() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return doneBytes + (buffer == null ? 0 : buffer.currentProgress());
  }

  /** Writes what waits; of an end its owner is told after the last frame. On the event loop. */
  void write() {
    reading = false;
    String ending = end;
    int told = whenSent.size();
    boolean wrote = writeFrames();
    if (wrote) {
      channel.flush();
    }
    for (; told > 0; told--) {
      whenSent.remove().run();
    }
    if (ending != null && !closing && frames.isEmpty()) {
      closing = true;
      var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> owner.ended());
    }
    if (wrote) {
      owner.written();
    }
  }

  private boolean writeFrames() {
    ByteBuf batch = null;
    boolean wrote = false;
    ByteBuffer frame;
    while ((frame = frames.poll()) != null) {
      int length = frame.remaining();
      queuedBytes.addAndGet(-length - (long) LENGTH_BYTES);
      if (batch == null) {
        batch = channel.alloc().ioBuffer(Math.min(length, COPY_MAX_BYTES) + LENGTH_BYTES);
      }
      batch.writeInt(length);
      boolean large = length > COPY_MAX_BYTES;
      if (!large) {
        batch.writeBytes(frame);
      }
      if (large || batch.readableBytes() >= BATCH_BYTES) {
        write(batch);
        batch = null;
      }
      if (large) {
        write(Unpooled.wrappedBuffer(frame));
      }
      wrote = true;
    }
    if (batch != null) {
      write(batch);
    }
    return wrote;
  }

  private void write(ByteBuf bytes) {
    int length = bytes.readableBytes();
    var unused =
        channel
            .write(bytes)
            .addListener(
                done -> {
                  if (done.isSuccess()) {
                    doneBytes += length;
                    owner.taken();
                  }
                });
  }

  /** Writes a text, and closes the channel. On the event loop. */
  void writeLast(String text) {
    closing = true;
    var unused =
        channel
            .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
            .addListener(ChannelFutureListener.CLOSE);
  }
}
