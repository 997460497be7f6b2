package io.faaskeeper.functions;

import io.faaskeeper.aws.AwsClients;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * A client of a service that is seldom called: it is made with the first call. Thread-safe.
 *
 * @param <C> the client
 */
final class LateClient<C extends SdkAutoCloseable> implements AutoCloseable {
  private final Supplier<C> maker;
  private @Nullable C client;

  private LateClient(Supplier<C> maker) {
    this.maker = maker;
  }

  /**
   * A client that was not made yet.
   *
   * @param endpoint of a local deployment, or null for AWS
   */
  static <
          C extends SdkAutoCloseable,
          B extends AwsClientBuilder<B, C> & AwsAsyncClientBuilder<B, C>>
      LateClient<C> of(Supplier<B> builder, String region, @Nullable URI endpoint) {
    return new LateClient<>(
        () ->
            builder
                .get()
                .region(Region.of(region))
                .endpointOverride(endpoint)
                .credentialsProvider(AwsClients.credentials(endpoint))
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                .build());
  }

  synchronized C get() {
    if (client == null) {
      client = maker.get();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
