package io.faaskeeper.zookeeper.gateway.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.Optional;
import org.apache.jute.BinaryInputArchive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts what a client sends into packets, and hands them over while the connection takes them. What
 * can't be handed over stays in the socket, but for what was read already: at most a packet and one
 * buffer.
 */
final class PacketReader extends ChannelInboundHandlerAdapter {
  /** The connection takes packets again. */
  static final Object RESUMED = new Object();

  private static final Logger log = LoggerFactory.getLogger(PacketReader.class);
  private static final int LENGTH_BYTES = 4;

  private final GatewayContext context;

  /** Null before it is there, and after it is gone. */
  private @Nullable ClientConnection connection;

  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  PacketReader(GatewayContext context) {
    this.context = context;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ClientConnection opened = new ClientConnection(context, ctx.channel());
    Optional<String> refusal = context.table().add(opened, opened.host());
    if (refusal.isPresent()) {
      context.stats().rejected();
      log.warn("{}", refusal.get());
      var unused = ctx.close();
      return;
    }
    connection = opened;
    opened.begin();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ClientConnection closed = connection;
    if (closed != null) {
      connection = null;
      context.table().remove(closed, closed.host());
      context.stats().dropped();
      closed.gone();
    }
    pending.release();
    pending = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf read = (ByteBuf) message;
    ClientConnection to = connection;
    if (to == null) {
      read.release();
      return;
    }
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, read);
    handOver(ctx, to);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ClientConnection to = connection;
    if (to != null) {
      to.outbox().write();
    }
    if (pending.isReadable()) {
      pending.discardSomeReadBytes();
    } else {
      pending.release();
      pending = Unpooled.EMPTY_BUFFER;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ClientConnection to = connection;
    if (to == null) {
      return;
    }
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      to.sentAll();
    } else if (event == RESUMED) {
      ctx.channel().config().setAutoRead(true);
      handOver(ctx, to);
      channelReadComplete(ctx);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ClientConnection to = connection;
    if (to != null && ctx.channel().isWritable()) {
      to.drained();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ClientConnection to = connection;
    if (to == null) {
      var unused = ctx.close();
    } else {
      to.failed(cause);
    }
  }

  private void handOver(ChannelHandlerContext ctx, ClientConnection to) {
    to.outbox().beginReading();
    while (handOverNext(ctx, to)) {
      // Each packet may change what may be done with the next.
    }
  }

  private boolean handOverNext(ChannelHandlerContext ctx, ClientConnection to) {
    if (!ctx.channel().isOpen() || pending.readableBytes() < LENGTH_BYTES) {
      return false;
    }
    int length = pending.getInt(pending.readerIndex());
    if (!to.isLength(length)) {
      pending.skipBytes(pending.readableBytes());
      ctx.channel().config().setAutoRead(false);
      to.word(length);
      return false;
    }
    if (length < 0 || length > BinaryInputArchive.maxBuffer) {
      to.malformed("Len error " + length);
      return false;
    }
    if (!to.mayTake()) {
      ctx.channel().config().setAutoRead(false);
      return false;
    }
    if (pending.readableBytes() < LENGTH_BYTES + length) {
      return false;
    }
    int start = pending.readerIndex() + LENGTH_BYTES;
    pending.skipBytes(LENGTH_BYTES + length);
    to.take(pending.nioBuffer(start, length));
    return true;
  }
}
