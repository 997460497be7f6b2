package io.faaskeeper.zookeeper.gateway.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.common.NettyUtils;

/** The ports of a gateway, and the event loops of their connections. Not thread-safe. */
public final class Listeners {
  private static final int END_MAX_SECONDS = 5;

  private final EventLoopGroup loops = NettyUtils.newNioOrEpollEventLoopGroup();
  private final List<Channel> channels = new ArrayList<>();

  /**
   * Listens on a port.
   *
   * @param port 0 for any free one
   * @return the port
   * @throws IOException if it can't be listened on: in one line
   */
  public int listen(InetAddress address, int port, ConnectionInitializer initializer)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NettyUtils.nioOrEpollServerSocketChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(
                    ConnectionLimits.OUTGOING_LOW_BYTES, ConnectionLimits.OUTGOING_HIGH_BYTES))
            .childHandler(initializer)
            .bind(address, port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "port " + port + " can't be listened on: " + bound.cause().getMessage(), bound.cause());
    }
    channels.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  /** Takes no more connections. */
  public void close() {
    for (Channel channel : channels) {
      var unused = channel.close().awaitUninterruptibly();
    }
  }

  /** Ends the event loops, and what connections are left. */
  public void end() {
    var unused =
        loops
            .shutdownGracefully(0, END_MAX_SECONDS, TimeUnit.SECONDS)
            .awaitUninterruptibly(END_MAX_SECONDS, TimeUnit.SECONDS);
  }
}
