package io.faaskeeper.zookeeper.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/** Equips each new connection. */
public final class ConnectionInitializer extends ChannelInitializer<Channel> {
  private final GatewayContext context;
  private final @Nullable SslContext tls;

  /**
   * For the connections of one port.
   *
   * @param tls null for none
   */
  public ConnectionInitializer(GatewayContext context, @Nullable SslContext tls) {
    this.context = context;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.newHandler(channel.alloc()));
    }
    pipeline.addLast(new PacketReader(context));
  }
}
