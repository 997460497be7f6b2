package io.faaskeeper.deploy.template;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.host.EmulatorProcess;
import io.faaskeeper.host.lambda.Account;
import io.faaskeeper.host.lambda.FunctionHost;
import io.faaskeeper.host.lambda.FunctionSpec;
import io.faaskeeper.host.lambda.InvocationResult;
import io.faaskeeper.host.lambda.JvmOptions;
import io.faaskeeper.host.source.EventBridge;
import io.faaskeeper.host.source.EventSources;
import io.faaskeeper.host.source.Schedule;
import io.faaskeeper.host.source.StreamSettings;
import io.faaskeeper.port.Watermarks;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A stack brought to life: its tables and queues on emulators, its functions in processes of their
 * own, with a {@link CallRecorder} in each, and in this one. Its schedule is only switched, never
 * due. One at a time.
 */
final class StackOnEmulators implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration NEVER = Duration.ofDays(1);
  private static final Map<String, AttributeValue> RING = Map.of("s", AttributeValue.fromN("-1"));

  private final Deque<Closeable> parts = new ArrayDeque<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final Stack stack;
  private final Path calls;
  private final AwsClients clients;
  private final FunctionHost functions;
  private final ObjectNode endpoints = JSON.createObjectNode();
  private final Schedule schedule;
  private final Account account = new Account(Stack.REGION, Stack.ACCOUNT);

  /**
   * Creates tables and queues.
   *
   * @param folder for what is written meanwhile
   */
  StackOnEmulators(Stack stack, EmulatorProcess emulators, Path folder) throws IOException {
    this.stack = stack;
    this.calls = folder.resolve("calls");
    System.setProperty(CallRecorder.FILE, calls.toString());
    clients =
        new AwsClients(
            new AwsClients.Endpoints(
                Stack.REGION, emulators.dynamoDb(), emulators.sqs(), emulators.s3()),
            List.of(new CallRecorder.Host()),
            List.of(new CallRecorder.Host()));
    parts.push(clients::close);
    JvmOptions jvm =
        JvmOptions.forHandlers(classPath(), Files.createDirectory(folder.resolve("task")));
    Path log = folder.resolve("functions.log");
    functions =
        FunctionHost.start(
            0,
            account,
            jvm,
            (function, instance, line) -> write(log, instance + " " + line + "\n"),
            executor,
            timers);
    parts.push(functions::close);
    EventBridge events = EventBridge.start(executor);
    parts.push(events::close);
    String rule = (String) stack.resources().get("HeartbeatSchedule").properties().get("Name");
    schedule =
        Schedule.start(
            account,
            rule,
            NEVER,
            event -> {
              throw new IllegalStateException("a day has passed");
            },
            timers,
            Clock.systemUTC());
    parts.push(schedule::close);
    events.add(rule, schedule);
    endpoints
        .put("dynamodb", emulators.dynamoDb().toString())
        .put("sqs", emulators.sqs().toString())
        .put("s3", emulators.s3().toString())
        .put("lambda", functions.endpoint().toString())
        .put("events", events.endpoint().toString());
    stack.ofType("AWS::DynamoDB::Table").values().forEach(this::createTable);
    stack.ofType("AWS::SQS::Queue").values().forEach(this::createQueue);
    for (String bucket : stack.ofType("AWS::S3::Bucket").keySet()) {
      // Not recorded: it is CloudFormation that makes it.
      System.clearProperty(CallRecorder.FILE);
      new BucketCreation(clients.s3())
          .create(bucket.toLowerCase(Locale.ROOT))
          .toCompletableFuture()
          .join();
      System.setProperty(CallRecorder.FILE, calls.toString());
    }
  }

  private static synchronized void write(Path file, String text) {
    CallRecorder.append(file, text);
  }

  /** The handlers as they are uploaded, and this module's recorder. */
  private static String classPath() {
    Path tests;
    try {
      tests =
          Path.of(
              StackOnEmulators.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    Path jar = tests.resolve("../../../handlers/target/functions.jar").normalize();
    return tests + File.pathSeparator + jar;
  }

  private void createTable(Map<String, Object> table) {
    clients
        .dynamoDb()
        .createTable(
            request ->
                request
                    .tableName((String) table.get("TableName"))
                    .billingMode(BillingMode.fromValue((String) table.get("BillingMode")))
                    .attributeDefinitions(
                        ((List<?>) table.get("AttributeDefinitions"))
                            .stream()
                                .map(Template::map)
                                .map(
                                    a ->
                                        AttributeDefinition.builder()
                                            .attributeName((String) a.get("AttributeName"))
                                            .attributeType((String) a.get("AttributeType"))
                                            .build())
                                .toList())
                    .keySchema(
                        ((List<?>) table.get("KeySchema"))
                            .stream()
                                .map(Template::map)
                                .map(
                                    k ->
                                        KeySchemaElement.builder()
                                            .attributeName((String) k.get("AttributeName"))
                                            .keyType((String) k.get("KeyType"))
                                            .build())
                                .toList())
                    .streamSpecification(stream(table)))
        .exceptionally(StackOnEmulators::there)
        .join();
  }

  /** An attempt whose answer came too late for the SDK has made it. */
  private static @Nullable CreateTableResponse there(Throwable failure) {
    if (failure.getCause() instanceof ResourceInUseException) {
      return null;
    }
    throw new CompletionException(failure.getCause());
  }

  private static @Nullable StreamSpecification stream(Map<String, Object> table) {
    return table.containsKey("StreamSpecification")
        ? StreamSpecification.builder()
            .streamEnabled(true)
            .streamViewType(
                (String) Template.map(table, "StreamSpecification").get("StreamViewType"))
            .build()
        : null;
  }

  private void createQueue(Map<String, Object> queue) {
    Map<QueueAttributeName, String> attributes = new HashMap<>();
    if (Boolean.TRUE.equals(queue.get("FifoQueue"))) {
      attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
    }
    if (queue.containsKey("VisibilityTimeout")) {
      attributes.put(
          QueueAttributeName.VISIBILITY_TIMEOUT, queue.get("VisibilityTimeout").toString());
    }
    clients
        .sqs()
        .createQueue(
            request -> request.queueName((String) queue.get("QueueName")).attributes(attributes))
        .join();
  }

  /** Starts a function as the first of the deployment: nobody has written down the log's size. */
  void start(String function, int concurrency) {
    String log = (String) stack.ofType("AWS::DynamoDB::Table").get("LogTable").get("TableName");
    clients.dynamoDb().deleteItem(request -> request.tableName(log).key(RING)).join();
    Map<String, Object> properties = stack.ofType("AWS::Lambda::Function").get(function);
    Map<String, String> environment = new HashMap<>();
    Template.map(properties, "Environment", "Variables")
        .forEach((name, value) -> environment.put(name, value.toString()));
    environment.put("FAASKEEPER_SECRET", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    environment.put("FAASKEEPER_DEPLOYMENT", configuration(environment).toJson());
    environment.put(CallRecorder.FILE, calls.toString());
    String name = (String) properties.get("FunctionName");
    functions.deploy(
        new FunctionSpec(
            name,
            (String) properties.get("Handler"),
            concurrency,
            1,
            Duration.ofSeconds(((Number) properties.get("Timeout")).longValue()),
            environment));
    functions.warm(name).toCompletableFuture().join();
  }

  private DeploymentConfig configuration(Map<String, String> environment) {
    try {
      ObjectNode json =
          (ObjectNode)
              JSON.readTree(Objects.requireNonNull(environment.get("FAASKEEPER_DEPLOYMENT")));
      json.put("cloud-provider", "local").set("endpoints", endpoints);
      return DeploymentConfig.parse(json.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a client is told. */
  DeploymentConfig clientConfiguration() {
    Map<String, String> environment = new HashMap<>();
    Template.map(
            stack.ofType("AWS::Lambda::Function").get("WriterFunction"), "Environment", "Variables")
        .forEach((name, value) -> environment.put(name, value.toString()));
    return configuration(environment);
  }

  /**
   * Feeds a function that was started.
   *
   * @param pollers of a queue; a stream's source says itself how many batches are worked on at once
   */
  void connect(String mapping, int pollers) {
    Map<String, Object> source = stack.resources().get(mapping).properties();
    String arn = (String) source.get("EventSourceArn");
    String function = Stack.function((String) source.get("FunctionName"));
    Function<byte[], CompletionStage<InvocationResult>> invoke =
        event -> functions.invoke(function, event);
    EventSources sources = new EventSources(clients, account, timers);
    if (arn.startsWith("arn:aws:sqs:")) {
      parts.push(sources.ofQueue(arn.substring(arn.lastIndexOf(':') + 1), invoke, pollers)::close);
    } else {
      parts.push(sources.ofTable(arn.split("/", -1)[1], invoke, settings(source))::close);
    }
  }

  private static StreamSettings settings(Map<String, Object> source) {
    return new StreamSettings(
        number(source, "BatchSize"),
        number(source, "ParallelizationFactor"),
        source.containsKey("MaximumRetryAttempts")
            ? number(source, "MaximumRetryAttempts")
            : StreamSettings.FOR_EVER,
        Boolean.TRUE.equals(source.get("BisectBatchOnFunctionError")));
  }

  private static int number(Map<String, Object> properties, String name) {
    return Integer.parseInt(properties.get(name).toString());
  }

  /** Runs of the heartbeat, all at once, each in an instance of its own. */
  void heartbeats(int count) {
    String name =
        (String) stack.ofType("AWS::Lambda::Function").get("HeartbeatFunction").get("FunctionName");
    byte[] event = "{}".getBytes(StandardCharsets.UTF_8);
    Stream.generate(() -> functions.invoke(name, event))
        .limit(count)
        .toList()
        .forEach(
            run -> {
              InvocationResult result = run.toCompletableFuture().join();
              if (!(result instanceof InvocationResult.Returned)) {
                throw new IllegalStateException("the heartbeat ended with " + result);
              }
            });
  }

  /** As the heartbeat leaves it when it found nobody. */
  void forgetThatTheHeartbeatIsOn() {
    Watermarks watermarks =
        new AwsPorts(
                clients,
                new AwsDeploymentNames(clientConfiguration().name()),
                io.faaskeeper.port.Clock.SYSTEM,
                new SecureRandom())
            .watermarks();
    watermarks.read().thenCompose(watermarks::switchOff).toCompletableFuture().join();
  }

  boolean scheduleIsOn() {
    return schedule.isOn();
  }

  /** Where calls are recorded. */
  Path calls() {
    return calls;
  }

  @Override
  public void close() throws IOException {
    System.clearProperty(CallRecorder.FILE);
    for (Closeable part : parts) {
      part.close();
    }
    executor.shutdownNow();
    timers.shutdownNow();
  }
}
