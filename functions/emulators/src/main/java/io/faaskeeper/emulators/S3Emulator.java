package io.faaskeeper.emulators;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;

/**
 * s3proxy, on memory or a folder. Of conditions on a put it keeps "if there is none", and loses
 * updates under a race on any other.
 */
final class S3Emulator implements Emulator {
  private final S3Proxy server;

  /**
   * @param data in whose folder {@code objects} the objects are kept, or null for memory
   */
  S3Emulator(int port, @Nullable Path data) {
    try {
      server =
          S3Proxy.builder()
              .blobStore(store(data))
              .endpoint(URI.create("http://" + HOST + ":" + port))
              .awsAuthentication(AuthenticationType.NONE, "", "")
              .build();
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("s3proxy does not start", e);
    }
  }

  private static BlobStore store(@Nullable Path data) throws IOException {
    return data == null
        ? new TransientNio2BlobStore()
        : new FilesystemNio2BlobStore(
            Files.createDirectories(data.resolve("objects")).toAbsolutePath().toString());
  }

  @Override
  public URI endpoint() {
    return URI.create("http://" + HOST + ":" + server.getPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("s3proxy does not stop", e);
    }
  }
}
