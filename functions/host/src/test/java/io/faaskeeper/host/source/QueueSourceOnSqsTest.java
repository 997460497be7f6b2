package io.faaskeeper.host.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.faaskeeper.host.EmulatorProcess;
import io.faaskeeper.host.lambda.HostFixture;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.lambda.InvocationResult.Failed;
import io.faaskeeper.host.lambda.InvocationResult.Returned;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Timeout(180)
class QueueSourceOnSqsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir static Path emulatorFolder;
  private static EmulatorProcess emulators;
  private static SqsAsyncClient sqs;

  @TempDir Path folder;
  private HostFixture fixture;
  private final BlockingQueue<InvocationResult> results = new LinkedBlockingQueue<>();
  private @Nullable QueueSource source;

  @BeforeAll
  static void startEmulators() throws IOException {
    emulators = EmulatorProcess.start(null, emulatorFolder.resolve("log"));
    sqs =
        SqsAsyncClient.builder()
            .endpointOverride(emulators.sqs())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
            .build();
  }

  @AfterAll
  static void stopEmulators() throws IOException {
    sqs.close();
    emulators.close();
  }

  @BeforeEach
  void start() throws IOException {
    fixture = new HostFixture(folder);
  }

  @AfterEach
  void stop() {
    if (source != null) {
      source.close();
    }
    fixture.close();
  }

  @Test
  void messagesOfAGroupComeInOrder() throws IOException {
    String queue = queue(Map.of());
    for (int i = 0; i < 25; i++) {
      send(queue, "g", "m" + i);
    }
    deploy(queue, 3, LONG);
    List<String> lines = fixture.journal.await("g ", 25);
    for (int i = 0; i < 25; i++) {
      assertEquals("g m" + i + " 1", lines.get(i));
    }
  }

  @Test
  void batchOfACrashedInstanceIsDeliveredAgainInOrder() throws Exception {
    String queue = queue(Map.of());
    send(queue, "g", "a");
    send(queue, "g", "crashOnce");
    send(queue, "g", "b");
    deploy(queue, 2, LONG);
    assertInstanceOf(Failed.class, results.take());
    endVisibilityTimeout(queue, "a", "crashOnce", "b");
    assertEquals(
        List.of("g a 1", "g crashOnce 1", "g a 2", "g crashOnce 2", "g b 2"),
        fixture.journal.await("g ", 5));
  }

  @Test
  void batchOfAKilledInstanceIsDeliveredAgain() throws Exception {
    String queue = queue(Map.of());
    send(queue, "g", "hangOnce:hanging");
    deploy(queue, 1, LONG);
    fixture.journal.await("hanging");
    ProcessHandle.of(fixture.host.instances("f").get(0).pid()).orElseThrow().destroyForcibly();

    assertInstanceOf(Failed.class, results.take());
    endVisibilityTimeout(queue, "hangOnce:hanging");
    assertEquals(
        List.of("g hangOnce:hanging 1", "g hangOnce:hanging 2"), fixture.journal.await("g ", 2));
  }

  @Test
  void batchOfAnInvocationThatTimesOutIsDeliveredAgain() throws Exception {
    String queue = queue(Map.of());
    send(queue, "g", "hangOnce:hanging");
    deploy(queue, 2, Duration.ofSeconds(1));
    assertInstanceOf(Failed.class, results.take());
    endVisibilityTimeout(queue, "hangOnce:hanging");
    assertEquals(
        List.of("g hangOnce:hanging 1", "g hangOnce:hanging 2"), fixture.journal.await("g ", 2));
  }

  @Test
  void failedMessageComesAgainWithWhatFollowsItAndNothingElse() throws Exception {
    String queue = queue(Map.of());
    send(queue, "g", "a");
    send(queue, "g", "failOnce");
    send(queue, "g", "b");
    send(queue, "h", "c");
    deploy(queue, 1, LONG);
    assertInstanceOf(Returned.class, results.take());
    assertEquals(List.of("h c 1"), fixture.journal.await("h ", 1));
    endVisibilityTimeout(queue, "failOnce", "b");
    assertEquals(
        List.of("g a 1", "g failOnce 1", "g failOnce 2", "g b 2"), fixture.journal.await("g ", 4));
  }

  @Test
  void messageThatFailsTooOftenGoesToTheDeadLetterQueueAndItsGroupGoesOn() throws Exception {
    String dead = queue(Map.of());
    String queue =
        queue(
            Map.of(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}".formatted(arn(dead))));
    send(queue, "g", "failAlways");
    deploy(queue, 1, LONG);
    results.take();
    endVisibilityTimeout(queue, "failAlways");
    results.take();
    endVisibilityTimeout(queue, "failAlways");
    List<QueueMessage> lost = new SqsQueue(sqs, dead).receive(10).toCompletableFuture().join();
    send(queue, "g", "b");

    assertEquals("failAlways", lost.get(0).body());
    assertEquals(
        List.of("g failAlways 1", "g failAlways 2", "g b 1"), fixture.journal.await("g ", 3));
  }

  @Test
  void groupsAreWorkedOnInParallel() throws IOException {
    String queue = queue(Map.of());
    send(queue, "g", "meet:a:b");
    deploy(queue, 2, LONG);
    fixture.journal.await("a");
    send(queue, "h", "meet:b:a");

    fixture.journal.await("b");
    assertEquals(1, fixture.journal.await("h ", 1).size());
  }

  private void deploy(String queue, int pollers, Duration timeout) {
    fixture.deploy("f", pollers, timeout);
    source =
        QueueSource.start(
            sqs,
            queue,
            arn(queue),
            "us-east-1",
            payload -> fixture.host.invoke("f", payload).whenComplete((r, e) -> results.add(r)),
            pollers,
            fixture.timers);
  }

  /**
   * Ends it for the newest deliveries of these messages, one after the other: the time-out itself
   * is longer than the test.
   */
  private void endVisibilityTimeout(String queue, String... bodies) throws IOException {
    for (String body : bodies) {
      String prefix = "receipt " + body + " ";
      List<String> receipts = fixture.journal.lines(prefix);
      String handle = receipts.get(receipts.size() - 1).substring(prefix.length());
      sqs.changeMessageVisibility(
              request -> request.queueUrl(queue).receiptHandle(handle).visibilityTimeout(0))
          .join();
    }
  }

  private static String queue(Map<QueueAttributeName, String> more) {
    Map<QueueAttributeName, String> attributes = new HashMap<>(more);
    attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, "3600");
    return sqs.createQueue(
            request -> request.queueName(UUID.randomUUID() + ".fifo").attributes(attributes))
        .join()
        .queueUrl();
  }

  private static String arn(String queue) {
    return Objects.requireNonNull(
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .join()
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN));
  }

  private static void send(String queue, String group, String body) {
    sqs.sendMessage(
            request ->
                request
                    .queueUrl(queue)
                    .messageGroupId(group)
                    .messageDeduplicationId(UUID.randomUUID().toString())
                    .messageBody(body))
        .join();
  }
}
