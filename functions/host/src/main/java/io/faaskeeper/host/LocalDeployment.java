package io.faaskeeper.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.Tables;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentConfig.DistributorQueueKind;
import io.faaskeeper.deployment.DeploymentConfig.WorkerQueueKind;
import io.faaskeeper.host.lambda.Account;
import io.faaskeeper.host.lambda.FunctionHost;
import io.faaskeeper.host.lambda.FunctionSpec;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.lambda.JvmOptions;
import io.faaskeeper.host.source.EventBridge;
import io.faaskeeper.host.source.EventSources;
import io.faaskeeper.host.source.Schedule;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

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
    new Creation(clients, config, VISIBILITY_SECONDS).run();

    LocalFunctions functions =
        new LocalFunctions(config, names, DeploymentSecret.in(folder.secret()));
    EventSources sources = new EventSources(clients, account, timers);
    FunctionSpec writer = deploy(host, functions.writer());
    parts.push(
        config.workerQueue() == WorkerQueueKind.SQS
            ? sources.ofQueue(names.workerQueue(), into(host, writer), writer.concurrency())
            : sources.ofTable(
                names.table(Tables.WORKER), into(host, writer), functions.workerStream()));
    if (functions.hasDistributor()) {
      FunctionSpec distributor = deploy(host, functions.distributor());
      parts.push(
          config.distributorQueue() == DistributorQueueKind.SQS
              ? sources.ofQueue(
                  names.distributorQueue(), into(host, distributor), distributor.concurrency())
              : sources.ofTable(
                  names.table(Tables.LOG), into(host, distributor), functions.logStream()));
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

  /** Invokes a function. */
  private static Function<byte[], CompletionStage<InvocationResult>> into(
      FunctionHost host, FunctionSpec function) {
    return event -> host.invoke(function.name(), event);
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
