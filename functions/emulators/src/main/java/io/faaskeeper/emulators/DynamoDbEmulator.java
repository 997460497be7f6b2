package io.faaskeeper.emulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDBLocal. One database for all regions and keys, as with its option {@code sharedDb}. Its
 * own server would listen on every interface and report its use home; this one does neither.
 */
final class DynamoDbEmulator implements Emulator {
  private final Server server;
  private final LocalDynamoDBServerHandler handler;
  private final int port;

  /**
   * @param data where the tables are kept, or null for memory
   */
  DynamoDbEmulator(int port, @Nullable Path data) {
    try {
      if (data != null) {
        Files.createDirectories(data);
      }
      handler =
          new LocalDynamoDBServerHandler(
              new LocalDynamoDBRequestHandler(
                  0, data == null, data == null ? null : data.toString(), true, false),
              null);
      server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server.setHandler(handler);
      server.start();
      this.port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDBLocal does not start", e);
    }
  }

  @Override
  public URI endpoint() {
    return URI.create("http://" + HOST + ":" + port);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDBLocal does not stop", e);
    } finally {
      handler.close();
    }
  }
}
