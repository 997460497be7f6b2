package io.faaskeeper.functions;

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
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * The watch function, called over Lambda's Invoke. Few groups are so large that it is needed.
 * Thread-safe.
 */
final class LambdaWatchFunction implements WatchFunction, AutoCloseable {
  private final String function;
  private final LateClient<LambdaAsyncClient> client;

  /**
   * @param endpoint of a local deployment, or null for AWS
   */
  LambdaWatchFunction(String function, String region, @Nullable URI endpoint) {
    this.function = function;
    this.client = LateClient.of(LambdaAsyncClient::builder, region, endpoint);
  }

  @Override
  public CompletionStage<Void> deliver(List<Delivery> deliveries, Deadline deadline) {
    if (deadline.hasPassed(Clock.SYSTEM)) {
      return CompletableFuture.failedStage(
          new DeadlinePassedException("the deadline passed before the watch function was invoked"));
    }
    return client
        .get()
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

  @Override
  public void close() {
    client.close();
  }
}
