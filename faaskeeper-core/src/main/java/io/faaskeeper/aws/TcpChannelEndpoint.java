package io.faaskeeper.aws;

import io.faaskeeper.port.ChannelEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * A listening socket of a client process. Anybody may connect and send anything: see {@link
 * TcpAcceptor}. It has one thread, on which the receiver is called.
 */
public final class TcpChannelEndpoint implements ChannelEndpoint {
  private final ServerSocketChannel server;
  private final String address;
  private final SelectorLoop loop;

  /**
   * Listens; what comes waits for {@link #receive}.
   *
   * @param host under which the functions reach this machine. If it is a loopback address, nobody
   *     else can connect.
   * @param port 0 for any that is free
   * @param threads for one thread
   */
  public TcpChannelEndpoint(String host, int port, ThreadFactory threads) {
    try {
      InetAddress named = InetAddress.getByName(host);
      server = ServerSocketChannel.open();
      try {
        server.configureBlocking(false);
        server.bind(
            named.isLoopbackAddress()
                ? new InetSocketAddress(named, port)
                : new InetSocketAddress(port));
        int bound = ((InetSocketAddress) server.getLocalAddress()).getPort();
        address = new TcpAddress(host, bound).toString();
        loop = new SelectorLoop(threads);
      } catch (IOException | RuntimeException e) {
        SelectorLoop.close(server);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no client channel on " + host + " port " + port, e);
    }
  }

  @Override
  public String address(String process) {
    return address;
  }

  @Override
  public CompletionStage<Void> open(String process) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void end(String process) {}

  @Override
  public void receive(Consumer<byte[]> receiver) {
    loop.execute(() -> new TcpAcceptor(loop, receiver).accept(server));
  }

  @Override
  public void close() {
    SelectorLoop.close(server);
    loop.close();
  }
}
