package io.faaskeeper.functions;

import io.faaskeeper.aws.AwsClients;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;

/**
 * EventBridge's rule that invokes the heartbeat, to be switched on and off. It is switched when a
 * first client comes or a last one has gone: the client is made with the first call. Thread-safe.
 */
final class HeartbeatRule implements AutoCloseable {
  private final String name;
  private final String region;
  private final @Nullable URI endpoint;
  private @Nullable EventBridgeAsyncClient client;

  /**
   * @param endpoint of a local deployment, or null for AWS
   */
  HeartbeatRule(String name, String region, @Nullable URI endpoint) {
    this.name = name;
    this.region = region;
    this.endpoint = endpoint;
  }

  /** Takes some seconds to have an effect. No error if it is on. */
  CompletionStage<Void> enable() {
    return client().enableRule(request -> request.name(name)).thenAccept(done -> {});
  }

  /** Takes some seconds to have an effect. No error if it is off. */
  CompletionStage<Void> disable() {
    return client().disableRule(request -> request.name(name)).thenAccept(done -> {});
  }

  private synchronized EventBridgeAsyncClient client() {
    if (client == null) {
      client =
          EventBridgeAsyncClient.builder()
              .region(Region.of(region))
              .endpointOverride(endpoint)
              .credentialsProvider(AwsClients.credentials(endpoint))
              .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
              .build();
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
