package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.aws.TableSchema;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.host.EmulatorProcess;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DistributorQueue;
import io.faaskeeper.port.DistributorQueueContract;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.TransactionLog;
import io.faaskeeper.port.WorkerQueue;
import io.faaskeeper.port.WorkerQueueContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of queues, on the streams of tables, as the event source delivers them. */
class StreamQueueContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ScheduledExecutorService TIMERS =
      Executors.newSingleThreadScheduledExecutor();

  @TempDir static Path folder;
  private static EmulatorProcess emulators;
  private static AwsClients clients;

  @BeforeAll
  static void start() throws IOException {
    emulators = EmulatorProcess.start(null, folder.resolve("log"));
    clients =
        new AwsClients(
            new AwsClients.Endpoints("us-east-1", emulators.dynamoDb(), emulators.sqs()),
            List.of());
  }

  @AfterAll
  static void stop() throws IOException {
    TIMERS.shutdownNow();
    clients.close();
    emulators.close();
  }

  @Nested
  class Worker extends WorkerQueueContract {
    private final Deployment deployment = new Deployment();

    @AfterEach
    void close() {
      deployment.close();
    }

    @Override
    protected WorkerQueue create(Consumer consumer) {
      deployment.feed(
          Tables.WORKER, new StreamSettings(10, 2, 4, true), event -> consume(event, consumer));
      return deployment.ports.streamWorkerQueue(2);
    }

    private CompletionStage<InvocationResult> consume(byte[] event, Consumer consumer) {
      List<String> numbers = new ArrayList<>();
      List<CompletableFuture<byte[]>> bodies = new ArrayList<>();
      for (JsonNode record : records(event)) {
        JsonNode change = record.required("dynamodb");
        numbers.add(change.required("SequenceNumber").asText());
        String body = change.required("NewImage").required("m").required("S").asText();
        bodies.add(deployment.ports.messageBodies().read(body).toCompletableFuture());
      }
      return CompletableFuture.allOf(bodies.toArray(CompletableFuture<?>[]::new))
          .thenCompose(
              read -> consumer.process(bodies.stream().map(CompletableFuture::join).toList()))
          .<InvocationResult>thenApply(failed -> answer(numbers, failed))
          .exceptionally(failure -> new InvocationResult.Failed(new byte[0]));
    }
  }

  @Nested
  class Distributor extends DistributorQueueContract {
    private final Deployment deployment = new Deployment();
    private final TransactionLog log = Stages.await(deployment.ports.openLog(8));

    @AfterEach
    void close() {
      deployment.close();
    }

    @Override
    protected DistributorQueue create(Runnable distributor) {
      deployment.feed(
          Tables.LOG,
          new StreamSettings(100, 1, StreamSettings.FOR_EVER, false),
          event -> {
            distributor.run();
            return CompletableFuture.completedStage(answer(List.of(), new BitSet()));
          });
      return deployment.ports.streamDistributorQueue();
    }

    @Override
    protected void append(long record) {
      Stages.await(log.append(Samples.record(record, 1), Deadline.NONE));
    }
  }

  private static JsonNode records(byte[] event) {
    try {
      return JSON.readTree(event).required("Records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InvocationResult answer(List<String> numbers, BitSet failed) {
    String failures =
        failed.stream()
            .mapToObj(i -> "{\"itemIdentifier\":\"" + numbers.get(i) + "\"}")
            .collect(Collectors.joining(","));
    String json = "{\"batchItemFailures\":[" + failures + "]}";
    return new InvocationResult.Returned(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Tables of their own, with their streams. */
  private static final class Deployment implements AutoCloseable {
    final AwsDeploymentNames names =
        new AwsDeploymentNames(UUID.randomUUID().toString().substring(0, 8));
    final AwsPorts ports = new AwsPorts(clients, names, Clock.SYSTEM, new SecureRandom());
    private final List<StreamSource> sources = new ArrayList<>();

    Deployment() {
      Stages.await(new TableCreation(clients.dynamoDb(), names).createAll(true, true));
    }

    void feed(
        TableSchema table,
        StreamSettings settings,
        Function<byte[], CompletionStage<InvocationResult>> invoke) {
      String arn =
          Stages.await(
              clients
                  .dynamoDb()
                  .describeTable(request -> request.tableName(names.table(table)))
                  .thenApply(described -> described.table().latestStreamArn()));
      sources.add(
          Stages.await(
              StreamSource.start(clients.streams(), arn, "us-east-1", settings, invoke, TIMERS)));
    }

    @Override
    public void close() {
      sources.forEach(StreamSource::close);
    }
  }
}
