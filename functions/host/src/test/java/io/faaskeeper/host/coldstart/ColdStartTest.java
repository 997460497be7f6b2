package io.faaskeeper.host.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.host.EmulatorProcess;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.lambda.JvmOptions;
import io.faaskeeper.host.source.QueueSource;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The jar that is uploaded, unpacked as Lambda unpacks it, started by Lambda's runtime client in a
 * JVM of its own, configured for AWS: endpoints and credentials come from where Lambda has them.
 * How long it takes is written to {@code target/cold-start.txt}.
 */
@Timeout(300)
@SuppressWarnings("try") // an event source is there to be closed
@EnabledOnOs(
    value = OS.LINUX,
    architectures = "amd64",
    disabledReason = "the jar has native code for Lambda's Linux on x86-64 alone")
class ColdStartTest {
  private static final int WARM = 20;
  private static final String REGION = "us-east-1";
  private static final String EMPTY_EVENT =
      "{\"Records\":[{\"eventSource\":\"aws:sqs\",\"messageId\":\"1\",\"body\":\"\"}]}";
  private static final ScheduledExecutorService TIMERS =
      Executors.newSingleThreadScheduledExecutor();
  private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool();

  @TempDir static Path folder;

  private static EmulatorProcess emulators;
  private static AwsClients clients;
  private static JvmOptions jvm;

  @BeforeAll
  static void start() throws IOException, URISyntaxException {
    emulators = EmulatorProcess.start(null, folder.resolve("emulators.log"));
    clients =
        new AwsClients(
            new AwsClients.Endpoints(REGION, emulators.dynamoDb(), emulators.sqs()), List.of());
    Path task = Files.createDirectory(folder.resolve("task"));
    unpack(target().resolve("../../handlers/target/functions.jar").normalize(), task);
    jvm = JvmOptions.forHandlers(task.toString(), task);
  }

  @AfterAll
  static void stop() throws IOException {
    TIMERS.shutdownNow();
    EXECUTOR.shutdownNow();
    clients.close();
    emulators.close();
  }

  private static Path target() throws URISyntaxException {
    URI classes = ColdStartTest.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(classes).resolve("..").normalize();
  }

  private static void unpack(Path jar, Path into) throws IOException {
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream entries = new ZipInputStream(file)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path to = into.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.resolve("..").normalize());
          Files.copy(entries, to);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Distributor | " + EMPTY_EVENT + " | {\"batchItemFailures\":[]}",
        "Watch | {\"deliveries\":[]} | {}",
        "Heartbeat | {} | {\"processes\":0,\"suspected\":0,\"removals\":0,\"sessionsLeft\":false}"
      })
  void answersEvents(String function, String event, String answer) throws Exception {
    ObjectNode config = deployment("start-" + function.toLowerCase(Locale.ROOT));
    Figures figures = new Figures(function);
    try (PackagedFunction started = function(function, "on-demand", config)) {
      figures.started(started.startedNanos(), started.awaitPoll("/invocation/next"));
      for (int i = 0; i < WARM; i++) {
        long given = System.nanoTime();
        RuntimeApiServer.Said said = started.invoke(event.getBytes(StandardCharsets.UTF_8));
        figures.answered(given, said.nanos());
        assertEquals(answer, said.body());
        long unused = started.awaitPoll("/invocation/next");
      }
    }
    write(figures);
  }

  /** Lambda ends an instance whose event takes too long, and the next one starts cold. */
  @Test
  void whatStorageDoesNotAnswerIsGivenUpBeforeLambdaEndsTheInstance() throws Exception {
    byte[] event = EMPTY_EVENT.getBytes(StandardCharsets.UTF_8);
    ObjectNode config = deployment("stalled");
    try (PackagedFunction started = function("Distributor", "on-demand", config)) {
      long unused = started.awaitPoll("/invocation/next");
      signalEmulators("STOP");
      try {
        String error = started.failAt(event).body();
        assertTrue(error.contains("OverdueException"), error);
      } finally {
        signalEmulators("CONT");
      }
      long unusedToo = started.awaitPoll("/invocation/next");
      assertEquals("{\"batchItemFailures\":[]}", started.invoke(event).body());
    }
  }

  private static void signalEmulators(String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(emulators.pid()))
            .inheritIO()
            .start();
    assertEquals(0, kill.waitFor());
  }

  @ParameterizedTest
  @ValueSource(strings = {"on-demand", "snap-start"})
  void writerServesAClient(String initialization) throws Exception {
    ObjectNode config = deployment("writer-" + initialization);
    Figures figures = new Figures("Writer, " + initialization);
    try (PackagedFunction writer = function("Writer", initialization, config)) {
      long begun = writer.startedNanos();
      if (initialization.equals("snap-start")) {
        long unused = writer.awaitPoll("/restore/next");
        begun = writer.restore();
      }
      figures.started(begun, writer.awaitPoll("/invocation/next"));
      serveAClient(config, writer, figures);
    }
    write(figures);
  }

  private static void serveAClient(ObjectNode config, PackagedFunction writer, Figures figures)
      throws IOException {
    DeploymentConfig forClient = forClient(config);
    String name = new AwsDeploymentNames(forClient.name()).workerQueue();
    String url = clients.sqs().getQueueUrl(request -> request.queueName(name)).join().queueUrl();
    try (ClientRuntime runtime = Deployments.clientRuntime(forClient);
        QueueSource source =
            QueueSource.start(
                clients.sqs(),
                url,
                "arn:aws:sqs:us-east-1:0:" + name,
                REGION,
                event ->
                    CompletableFuture.supplyAsync(() -> invoke(writer, event, figures), EXECUTOR),
                1,
                TIMERS)) {
      ConnectResult result = runtime.open(30_000, List.of()).toCompletableFuture().join();
      ClientSession session = assertInstanceOf(ConnectResult.Connected.class, result).session();
      for (int i = 0; i < WARM; i++) {
        var create =
            new Operation.Create(
                "/" + i,
                new byte[1_024],
                List.of(new Acl(31, "world", "anyone")),
                CreateMode.PERSISTENT,
                0);
        var reply = session.submit(new ClientRequest.Write(create)).toCompletableFuture().join();
        assertEquals(Code.OK, reply.code());
      }
    }
  }

  private static InvocationResult invoke(PackagedFunction writer, byte[] event, Figures figures) {
    try {
      long given = System.nanoTime();
      RuntimeApiServer.Said said = writer.invoke(event);
      figures.answered(given, said.nanos());
      long unused = writer.awaitPoll("/invocation/next");
      return new InvocationResult.Returned(said.body().getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A deployment with its tables and queues; its configuration as functions on AWS have it. */
  private static ObjectNode deployment(String name) {
    AwsDeploymentNames names = new AwsDeploymentNames(name);
    new TableCreation(clients.dynamoDb(), names).createAll().toCompletableFuture().join();
    new QueueCreation(clients.sqs(), names).createAll(60).toCompletableFuture().join();
    return new ObjectMapper()
        .createObjectNode()
        .put("deployment-name", name)
        .put("deployment-region", REGION)
        .put("worker-queue-groups", 1);
  }

  private static DeploymentConfig forClient(ObjectNode config) {
    ObjectNode local = config.deepCopy().put("cloud-provider", "local");
    local
        .putObject("endpoints")
        .put("dynamodb", emulators.dynamoDb().toString())
        .put("sqs", emulators.sqs().toString());
    return DeploymentConfig.parse(local.toString());
  }

  private static PackagedFunction function(String name, String initialization, ObjectNode config)
      throws IOException {
    return PackagedFunction.start(
        jvm,
        "io.faaskeeper.functions." + name + "Handler",
        initialization,
        Map.of(
            "FAASKEEPER_DEPLOYMENT", config.toString(),
            "FAASKEEPER_SECRET", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "AWS_REGION", REGION,
            "AWS_ENDPOINT_URL_DYNAMODB", emulators.dynamoDb().toString(),
            "AWS_ENDPOINT_URL_SQS", emulators.sqs().toString()),
        folder.resolve(name + "-" + initialization + ".log"));
  }

  private static synchronized void write(Figures figures) throws IOException, URISyntaxException {
    assertTrue(figures.count() >= WARM, figures::line);
    Files.writeString(
        target().resolve("cold-start.txt"),
        figures.line() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
