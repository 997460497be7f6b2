package io.faaskeeper.aws;

import io.faaskeeper.port.ClientChannel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * The service's side of the client channel, with a queue of SQS for each process: see {@link
 * SqsChannelEndpoint}. Thread-safe.
 */
final class SqsClientChannel implements ClientChannel {
  private static final Logger LOG = LoggerFactory.getLogger(SqsClientChannel.class);

  /** A client waits no longer before it asks again. */
  private static final Duration PUSH = Duration.ofSeconds(2);

  private static final int MAX_KNOWN = 10_000;

  private final SqsAsyncClient sqs;
  private final ChannelQueues queues;
  private final RandomGenerator random;

  /** By queue, its URL, or the call that asks for it. The one that was used last is last. */
  private final Map<String, CompletableFuture<String>> urls = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Calls nobody yet.
   *
   * @param random thread-safe
   */
  SqsClientChannel(SqsAsyncClient sqs, AwsDeploymentNames names, RandomGenerator random) {
    this.sqs = sqs;
    this.queues = new ChannelQueues(names);
    this.random = random;
  }

  @Override
  public CompletionStage<Void> push(String address, byte[] message) {
    Optional<String> queue = queues.queueAt(address);
    if (queue.isEmpty() || message.length > PushBodies.MAX_BYTES) {
      LOG.debug("No push of {} bytes to {}", message.length, address);
      return CompletableFuture.completedStage(null);
    }
    return url(queue.get())
        .thenCompose(
            url ->
                Dynamo.all(
                    PushBodies.write(message, random.nextLong()).stream()
                        .map(text -> send(url, text))
                        .toList()))
        .exceptionally(
            failure -> {
              forget(queue.get());
              LOG.debug("A push to {} is lost", address, failure);
              return null;
            });
  }

  private CompletionStage<?> send(String url, String text) {
    return sqs.sendMessage(
        request ->
            request
                .queueUrl(url)
                .messageBody(text)
                .overrideConfiguration(call -> call.apiCallTimeout(PUSH)));
  }

  @Override
  public CompletionStage<Void> remove(String address) {
    return queues
        .queueAt(address)
        .map(this::delete)
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> delete(String queue) {
    return url(queue)
        .thenCompose(url -> sqs.deleteQueue(request -> request.queueUrl(url)))
        .handle(
            (done, failure) -> {
              forget(queue);
              if (failure != null && !isGone(failure)) {
                throw new CompletionException(failure);
              }
              return null;
            });
  }

  /** Whether a call failed because there is no such queue. */
  static boolean isGone(Throwable failure) {
    return failure instanceof QueueDoesNotExistException
        || failure.getCause() instanceof QueueDoesNotExistException;
  }

  private CompletableFuture<String> url(String queue) {
    synchronized (urls) {
      CompletableFuture<String> known = urls.get(queue);
      if (known != null && !known.isCompletedExceptionally()) {
        return known;
      }
      CompletableFuture<String> asked =
          sqs.getQueueUrl(
                  request ->
                      request
                          .queueName(queue)
                          .overrideConfiguration(call -> call.apiCallTimeout(PUSH)))
              .thenApply(GetQueueUrlResponse::queueUrl);
      urls.put(queue, asked);
      if (urls.size() > MAX_KNOWN) {
        urls.remove(urls.keySet().iterator().next());
      }
      return asked;
    }
  }

  private void forget(String queue) {
    synchronized (urls) {
      urls.remove(queue);
    }
  }
}
