package io.faaskeeper.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.deployment.DeploymentConfig.WorkerQueueKind;
import io.faaskeeper.host.lambda.Account;
import io.faaskeeper.host.lambda.FunctionHost;
import io.faaskeeper.host.lambda.FunctionSpec;
import io.faaskeeper.host.lambda.JvmOptions;
import io.faaskeeper.host.source.EventBridge;
import io.faaskeeper.host.source.QueueSource;
import io.faaskeeper.host.source.Schedule;
import io.faaskeeper.host.source.StreamSettings;
import io.faaskeeper.host.source.StreamSource;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/**
 * A whole deployment on this machine: the emulators and the functions in processes of their own,
 * and here what feeds the functions.
 */
final class LocalDeployment implements Closeable {
  /** Twice the functions' time: a message that is still worked on does not come again. */
  private static final int VISIBILITY_SECONDS = (int) LocalFunctions.TIMEOUT.toSeconds() * 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final LocalFolder folder;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  private LocalDeployment(LocalFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts it and returns when it answers requests; the client's configuration is in its file then.
   *
   * @param settings the configuration's keys, but for the endpoints
   * @param classPath what functions find before their own classes, or empty
   * @param whenEmulatorsEnd run if they end before they are told to
   */
  static LocalDeployment start(
      LocalFolder folder, ObjectNode settings, String classPath, Runnable whenEmulatorsEnd)
      throws IOException {
    LocalDeployment deployment = new LocalDeployment(folder);
    try {
      deployment.start(settings, classPath, whenEmulatorsEnd);
      return deployment;
    } catch (IOException | RuntimeException e) {
      deployment.close();
      throw e;
    }
  }

  private void start(ObjectNode settings, String classPath, Runnable whenEmulatorsEnd)
      throws IOException {
    String region = DeploymentConfig.parse(settings.toString()).region();
    EmulatorProcess emulators = EmulatorProcess.launch(folder.tables(), folder.emulatorsLog());
    parts.push(emulators);
    FunctionLog log = new FunctionLog(folder.functionsLog(), folder.metrics());
    parts.push(log);
    Account account = Account.local(region);
    String handlers = BuiltModule.named("handlers").classPath();
    JvmOptions jvm =
        JvmOptions.forHandlers(
            classPath.isEmpty() ? handlers : classPath + File.pathSeparator + handlers,
            folder.sandbox());
    FunctionHost host = FunctionHost.start(0, account, jvm, log, executor, timers);
    parts.push(host);
    EventBridge events = EventBridge.start(executor);
    parts.push(events);

    ObjectNode endpoints = settings.putObject("endpoints");
    endpoints.put("dynamodb", emulators.dynamoDb().toString());
    endpoints.put("sqs", emulators.sqs().toString());
    endpoints.put("s3", emulators.s3().toString());
    endpoints.put("lambda", host.endpoint().toString());
    endpoints.put("events", events.endpoint().toString());
    DeploymentConfig config = DeploymentConfig.parse(settings.toString());
    AwsDeploymentNames names = new AwsDeploymentNames(config.name());
    AwsClients clients =
        new AwsClients(
            new AwsClients.Endpoints(region, emulators.dynamoDb(), emulators.sqs(), emulators.s3()),
            List.of());
    parts.push(clients);
    emulators.awaitReady();
    emulators.onUnexpectedEnd(whenEmulatorsEnd);
    CompletableFuture.allOf(
            new TableCreation(clients.dynamoDb(), names)
                .createAll(
                    config.workerQueue() == WorkerQueueKind.DYNAMODB,
                    config.distributorQueue() == DistributorQueueKind.DYNAMODB)
                .toCompletableFuture(),
            new QueueCreation(clients.sqs(), names)
                .createAll(VISIBILITY_SECONDS)
                .toCompletableFuture())
        .join();
    if (config.userStorage().hasBucket()) {
      new BucketCreation(clients.s3())
          .create(AwsDeployment.bucket(config))
          .toCompletableFuture()
          .join();
    }

    LocalFunctions functions =
        new LocalFunctions(config, names, DeploymentSecret.in(folder.secret()));
    FunctionSpec writer = deploy(host, functions.writer());
    if (config.workerQueue() == WorkerQueueKind.SQS) {
      feed(host, clients, account, writer, names.workerQueue());
    } else {
      String table = names.table(Tables.WORKER);
      feed(host, clients, account, writer, table, functions.workerStream());
    }
    if (functions.hasDistributor()) {
      FunctionSpec distributor = deploy(host, functions.distributor());
      if (config.distributorQueue() == DistributorQueueKind.SQS) {
        feed(host, clients, account, distributor, names.distributorQueue());
      } else {
        String table = names.table(Tables.LOG);
        feed(host, clients, account, distributor, table, functions.logStream());
      }
    }
    host.deploy(functions.watch());
    FunctionSpec heartbeat = functions.heartbeat();
    host.deploy(heartbeat);
    Schedule rule =
        Schedule.start(
            account,
            names.heartbeatRule(),
            period(config.heartbeatFrequencyMinutes()),
            event -> host.invoke(heartbeat.name(), event),
            timers,
            Clock.systemUTC());
    parts.push(rule);
    events.add(names.heartbeatRule(), rule);
    write(config);
  }

  /** Waits until the function is warm. */
  private static FunctionSpec deploy(FunctionHost host, FunctionSpec function) {
    host.deploy(function);
    host.warm(function.name()).toCompletableFuture().join();
    return function;
  }

  /** Feeds a function from a queue. */
  private void feed(
      FunctionHost host, AwsClients clients, Account account, FunctionSpec function, String queue) {
    SqsAsyncClient sqs = clients.sqs();
    String url = sqs.getQueueUrl(request -> request.queueName(queue)).join().queueUrl();
    parts.push(
        QueueSource.start(
            sqs,
            url,
            account.queueArn(queue),
            account.region(),
            event -> host.invoke(function.name(), event),
            function.concurrency(),
            timers));
  }

  /** Feeds a function from the stream of a table. */
  private void feed(
      FunctionHost host,
      AwsClients clients,
      Account account,
      FunctionSpec function,
      String table,
      StreamSettings settings) {
    String arn =
        clients
            .dynamoDb()
            .describeTable(request -> request.tableName(table))
            .join()
            .table()
            .latestStreamArn();
    parts.push(
        StreamSource.start(
                clients.streams(),
                arn,
                account.region(),
                settings,
                event -> host.invoke(function.name(), event),
                timers)
            .toCompletableFuture()
            .join());
  }

  private static Duration period(BigDecimal minutes) {
    return Duration.ofMillis(minutes.multiply(BigDecimal.valueOf(60_000)).longValue());
  }

  /** Whole or not at all: others wait for the file. */
  private void write(DeploymentConfig config) throws IOException {
    var unfinished = Files.writeString(folder.path().resolve("client.json.new"), config.toJson());
    Files.move(unfinished, folder.configuration(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Ends all processes. What was answered is kept if the folder keeps tables. */
  @Override
  public void close() throws IOException {
    Exception first = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    executor.shutdownNow();
    timers.shutdownNow();
    folder.end();
    if (first != null) {
      throw new IOException("the deployment did not end in order", first);
    }
  }
}
