package io.faaskeeper.functions;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eventbridge.EventBridgeAsyncClient;

/**
 * EventBridge's rule that invokes the heartbeat, to be switched on and off. It is switched when a
 * first client comes or a last one has gone. Thread-safe.
 */
final class HeartbeatRule implements AutoCloseable {
  private final String name;
  private final LateClient<EventBridgeAsyncClient> client;

  /**
   * @param endpoint of a local deployment, or null for AWS
   */
  HeartbeatRule(String name, String region, @Nullable URI endpoint) {
    this.name = name;
    this.client = LateClient.of(EventBridgeAsyncClient::builder, region, endpoint);
  }

  /** Takes some seconds to have an effect. No error if it is on. */
  CompletionStage<Void> enable() {
    return client.get().enableRule(request -> request.name(name)).thenAccept(done -> {});
  }

  /** Takes some seconds to have an effect. No error if it is off. */
  CompletionStage<Void> disable() {
    return client.get().disableRule(request -> request.name(name)).thenAccept(done -> {});
  }

  @Override
  public void close() {
    client.close();
  }
}
