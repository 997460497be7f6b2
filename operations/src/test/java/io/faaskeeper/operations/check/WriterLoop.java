package io.faaskeeper.operations.check;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.service.Writer;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The writer of a deployment, fed from its queue, on a thread of this JVM. */
final class WriterLoop {
  private static final int MAX_BATCH = 10;
  private static final long BATCH_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final AwsDeployment deployment;
  private final Writer writer;
  private final AwsClients clients;
  private final String url;
  private final Thread thread = new Thread(this::run, "writer");
  private volatile boolean closed;

  private WriterLoop(DeploymentConfig config) {
    deployment = new AwsDeployment(config, new ExecutorScheduler(timers), Thread::new, List.of());
    AwsDeployment.Stages stages = deployment.stages(new byte[Seal.SECRET_BYTES], ports -> ports);
    writer = stages.writer(stages.watch());
    clients =
        new AwsClients(
            new AwsClients.Endpoints(
                config.region(), endpoint(config, "dynamodb"), endpoint(config, "sqs")),
            List.of());
    String queue = new AwsDeploymentNames(config.name()).workerQueue();
    url = clients.sqs().getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
  }

  private static URI endpoint(DeploymentConfig config, String service) {
    return URI.create(Objects.requireNonNull(config.endpoints().get(service)));
  }

  static WriterLoop start(String config) {
    WriterLoop loop = new WriterLoop(DeploymentConfig.parse(config));
    loop.thread.start();
    return loop;
  }

  private void run() {
    SqsAsyncClient sqs = clients.sqs();
    while (!closed) {
      try {
        List<Message> batch =
            sqs.receiveMessage(
                    request ->
                        request.queueUrl(url).maxNumberOfMessages(MAX_BATCH).waitTimeSeconds(1))
                .join()
                .messages();
        if (!batch.isEmpty()) {
          work(batch);
        }
      } catch (CompletionException e) {
        // What was not done comes again when its visibility timeout is over.
      }
    }
  }

  private void work(List<Message> batch) {
    List<byte[]> messages =
        batch.stream().map(m -> join(deployment.messageBodies().read(m.body()))).toList();
    BitSet again =
        join(writer.process(messages, new Deadline(Clock.SYSTEM.nanoTime() + BATCH_NANOS)));
    for (int i = again.nextClearBit(0); i < batch.size(); i = again.nextClearBit(i + 1)) {
      String handle = batch.get(i).receiptHandle();
      clients.sqs().deleteMessage(request -> request.queueUrl(url).receiptHandle(handle)).join();
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  void close() throws InterruptedException {
    closed = true;
    thread.join();
    deployment.close();
    clients.close();
    timers.shutdownNow();
  }
}
