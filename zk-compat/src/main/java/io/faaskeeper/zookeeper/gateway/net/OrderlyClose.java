package io.faaskeeper.zookeeper.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection so that its client gets all that was sent. A socket that is closed while
 * something is unread in it resets the connection, and what its client has not taken yet is lost:
 * so only the output is closed, what still comes is read and dropped, and the rest is closed when
 * the client has closed its side, or after a while.
 */
final class OrderlyClose {
  /** How long a client may take to read to the end and close. */
  private static final int PATIENCE_SECONDS = 5;

  private OrderlyClose() {}

  /** Begins. All that is to be sent was written and flushed. On the event loop. */
  static void begin(Channel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      shutDownOutput(channel);
    } else {
      var unused = tls.closeOutbound().addListener(told -> shutDownOutput(channel));
    }
    Runnable close =
        () -> {
          var unused = channel.close();
        };
    var timer = channel.eventLoop().schedule(close, PATIENCE_SECONDS, TimeUnit.SECONDS);
    var unused = channel.closeFuture().addListener(closed -> timer.cancel(false));
  }

  private static void shutDownOutput(Channel channel) {
    var unused = ((DuplexChannel) channel).shutdownOutput();
  }

  /** Whether nothing more is waited for once the client has closed its side. */
  static boolean isUnderWay(Channel channel) {
    return ((DuplexChannel) channel).isOutputShutdown();
  }
}
