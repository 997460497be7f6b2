package io.faaskeeper.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fk local}: a deployment on this machine, until it is stopped. */
@Command(
    name = "fk local",
    mixinStandardHelpOptions = true,
    description =
        "Runs a whole FaaSKeeper deployment on this machine: emulated DynamoDB, SQS and S3, and the "
            + "functions in processes of their own, until it is stopped. With --port, ZooKeeper's "
            + "clients of any language are served there.")
public final class Local implements Callable<Integer> {
  private static final int DEFAULT_PORT = 2181;
  private static final int MAX_PORT = 65_535;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Serve ZooKeeper's protocol at this TCP port, 0 for any free one.")
  private @Nullable Integer port;

  @Option(
      names = "--provider",
      paramLabel = "PROVIDER",
      description =
          "local by default. With memory all is in one process and gone with it, and only clients "
              + "over TCP can join; the port is 2181 then if --port names no other.")
  private String provider = "local";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the data in this folder, and go on from what it holds.")
  private @Nullable Path data;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Leave the client's configuration, logs and costs in this folder, and keep no data. "
              + "Without --data and --folder a temporary folder is used.")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A key of the deployment's configuration, as distributor-queue=sqs.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--functions-class-path",
      paramLabel = "PATH",
      description = "What functions find before their own classes, as interceptors of the SDK.")
  private String functionsClassPath = "";

  @Option(
      names = "--user-storage",
      paramLabel = "KIND",
      description =
          "key-value, persistent or hybrid; as --set user-storage=KIND, as the next ones.")
  private @Nullable String userStorage;

  @Option(names = "--worker-queue", paramLabel = "KIND", description = "sqs or dynamodb.")
  private @Nullable String workerQueue;

  @Option(
      names = "--distributor-queue",
      paramLabel = "KIND",
      description = "inline, sqs or dynamodb.")
  private @Nullable String distributorQueue;

  @Option(names = "--client-channel", paramLabel = "KIND", description = "tcp or sqs.")
  private @Nullable String clientChannel;

  @Option(
      names = "--end-with-stdin",
      description = "End when standard input does, too: for programs that start this one.")
  private boolean endWithStdin;

  /** What runs, the last that was started first. */
  private final Deque<Closeable> parts = new ConcurrentLinkedDeque<>();

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int status;
  private volatile boolean closing;

  @Spec private @Nullable CommandSpec spec;

  private Local() {}

  /**
   * Exits with 0 if it ended with its standard input, 1 if it failed, 2 if the arguments make no
   * sense. A signal ends it in order, too, with the exit code that the JVM has for that signal.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Local());
  }

  @Override
  public Integer call() throws InterruptedException {
    LocalFolder used;
    try {
      checkOptions();
      ObjectNode unused = configuration();
      checkPort();
      used = LocalFolder.of(data, folder);
      if (!used.temporary()) {
        parts.push(FolderLock.of(used.path()));
        used.begin();
      }
    } catch (ConfigException e) {
      return refuse(e);
    } catch (IOException e) {
      err().println("The deployment did not start: " + e.getMessage());
      return 1;
    }
    boolean inMemory = isInMemory();
    System.setProperty("org.slf4j.simpleLogger.logFile", used.hostLog().toString());
    System.setProperty("org.slf4j.simpleLogger.showDateTime", "true");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close"));
    try {
      String joining = inMemory ? startInMemory(used) : start(used);
      System.out.print(welcome(joining));
      System.out.flush();
      if (endWithStdin) {
        awaitEndOfStdin();
      }
      ended.await();
    } catch (ConfigException e) {
      return refuse(e);
    } catch (RuntimeException | IOException e) {
      System.err.println(
          "The deployment did not start, see " + used.path() + ": " + e.getMessage());
      return 1;
    }
    return status;
  }

  private int refuse(ConfigException e) {
    err().println(e.getMessage());
    return 2;
  }

  private PrintWriter err() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }

  private boolean isInMemory() {
    return provider.equals("memory");
  }

  /** What can be told before anything has begun. */
  private void checkOptions() {
    if (!(isInMemory() || provider.equals("local")) || (isInMemory() && data != null)) {
      throw new ConfigException("--provider may be local or memory, and memory keeps no --data");
    }
    if (data != null && folder != null) {
      throw new ConfigException("--data and --folder exclude each other: --data has all in it");
    }
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new ConfigException("--port is " + port + ", and may be 0 to " + MAX_PORT);
    }
    for (String key : List.of("cloud-provider", "endpoints")) {
      if (settings.containsKey(key)) {
        throw new ConfigException("--set " + key + " is of no use here: --provider decides it");
      }
    }
  }

  /** Told before all the rest is started, which takes its time. */
  private void checkPort() throws IOException {
    if (port == null || port == 0) {
      return;
    }
    try (ServerSocket free = new ServerSocket()) {
      free.setReuseAddress(true);
      free.bind(new InetSocketAddress(port));
    } catch (IOException e) {
      throw new IOException("port " + port + " can't be listened on: " + e.getMessage(), e);
    }
  }

  /** A deployment of emulators and functions. Returns how it is joined. */
  private String start(LocalFolder used) throws IOException {
    parts.push(
        LocalDeployment.start(
            used, configuration(), functionsClassPath, () -> fail("The emulators ended.")));
    if (port == null) {
      return joining(used);
    }
    return joining(startGateway(used.configuration(), port, used)) + joining(used);
  }

  /** A deployment within a gateway. Returns how it is joined. */
  private String startInMemory(LocalFolder used) throws IOException {
    parts.push(used::end);
    Path file = used.path().resolve("gateway.json");
    Files.writeString(file, DeploymentConfig.parse(configuration().toString()).toJson());
    return joining(startGateway(file, port == null ? DEFAULT_PORT : port, used));
  }

  private GatewayProcess startGateway(Path configuration, int at, LocalFolder used)
      throws IOException {
    GatewayProcess gateway = GatewayProcess.start(configuration, at, used.gatewayLog());
    parts.push(gateway);
    gateway.onUnexpectedEnd(() -> fail("The gateway ended."));
    return gateway;
  }

  /** The configuration that the options amount to, but for the endpoints. */
  private ObjectNode configuration() {
    ObjectNode keys = JSON.createObjectNode();
    keys.put("deployment-name", "local").put("cloud-provider", provider);
    settings.forEach(
        (key, value) -> {
          try {
            keys.set(key, JSON.readTree(value));
          } catch (JsonProcessingException e) {
            keys.put(key, value);
          }
        });
    put(keys, "user-storage", userStorage);
    put(keys, "worker-queue", workerQueue);
    put(keys, "distributor-queue", distributorQueue);
    put(keys, "client-channel", clientChannel);
    DeploymentConfig unused = DeploymentConfig.parse(keys.toString());
    return keys;
  }

  private static void put(ObjectNode keys, String key, @Nullable String value) {
    if (value != null) {
      keys.put(key, value);
    }
  }

  private void awaitEndOfStdin() {
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // A standard input that can't be read has ended.
              }
              end(0);
            },
            "stdin");
    reader.setDaemon(true);
    reader.start();
  }

  /** Ctrl-C reaches the parts, too: that they end then is no failure. */
  private void fail(String reason) {
    if (!closing) {
      System.err.println(reason);
      end(1);
    }
  }

  private void end(int with) {
    status = with;
    ended.countDown();
  }

  private void close() {
    closing = true;
    for (Closeable part : parts) {
      try {
        part.close();
      } catch (IOException e) {
        System.err.println(e.getMessage() + ": " + e.getCause());
      }
    }
  }

  private static String welcome(String joining) {
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return """
        FaaSKeeper is ready after %.1f s. Stop it with Ctrl-C.
        %s"""
        .formatted(millis / 1000.0, joining);
  }

  private static String joining(GatewayProcess gateway) {
    return "  ZooKeeper      " + gateway.connectString() + "\n";
  }

  private static String joining(LocalFolder used) {
    return """
          configuration  %s
          functions' log %s
          their costs    %s

        A program that uses ZooKeeper's client joins it with zk-compat on its class path and
          -Dzookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketFaasKeeper
          -Dfaaskeeper.config=%s
        """
        .formatted(used.configuration(), used.functionsLog(), used.metrics(), used.configuration());
  }
}
