package io.faaskeeper.functions;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import io.faaskeeper.port.WatchFunction;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The watch function, called over Lambda's Invoke. Few groups are so large that it is needed: the
 * client is made with the first. Thread-safe.
 */
final class LambdaWatchFunction implements WatchFunction, AutoCloseable {
  private final String function;
  private final String region;
  private final @Nullable URI endpoint;
  private @Nullable LambdaAsyncClient client;

  /**
   * @param endpoint of a local deployment, or null for AWS
   */
  LambdaWatchFunction(String function, String region, @Nullable URI endpoint) {
    this.function = function;
    this.region = region;
    this.endpoint = endpoint;
  }

  @Override
  public CompletionStage<Void> deliver(List<Delivery> deliveries, Deadline deadline) {
    if (deadline.hasPassed(Clock.SYSTEM)) {
      return CompletableFuture.failedStage(
          new DeadlinePassedException("the deadline passed before the watch function was invoked"));
    }
    return client()
        .invoke(
            request ->
                request
                    .functionName(function)
                    .payload(SdkBytes.fromByteArrayUnsafe(WatchEvent.encode(deliveries)))
                    .overrideConfiguration(call -> limit(call, deadline)))
        .thenAccept(this::check);
  }

  /** The watch function has a time limit of its own, which may end after the caller's. */
  private static void limit(AwsRequestOverrideConfiguration.Builder call, Deadline deadline) {
    if (deadline.nanoTime() != Deadline.NONE.nanoTime()) {
      long nanos = Math.max(1_000_000, deadline.nanoTime() - Clock.SYSTEM.nanoTime());
      call.apiCallTimeout(Duration.ofNanos(nanos)).apiCallAttemptTimeout(Duration.ofNanos(nanos));
    }
  }

  private void check(InvokeResponse response) {
    if (response.functionError() != null) {
      throw new IllegalStateException(function + " failed: " + response.payload().asUtf8String());
    }
  }

  private synchronized LambdaAsyncClient client() {
    if (client == null) {
      client =
          LambdaAsyncClient.builder()
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
