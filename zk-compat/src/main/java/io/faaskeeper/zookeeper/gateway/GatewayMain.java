package io.faaskeeper.zookeeper.gateway;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fk gateway}: serves ZooKeeper's protocol over TCP, until it is stopped. */
@Command(
    name = "fk gateway",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Serves ZooKeeper's protocol over TCP on a FaaSKeeper deployment, until it is stopped.")
public final class GatewayMain implements Callable<Integer> {
  /** What the line begins with that says that clients are served; then comes how they connect. */
  public static final String READY = "FaaSKeeper's gateway is ready: ";

  /** Of the words that are answered, as for ZooKeeper's server; all if it is not set. */
  private static final String WHITELIST = "zookeeper.4lw.commands.whitelist";

  /** Where a count of nodes is billed. */
  private static final Duration COUNT_AGE = Duration.ofHours(1);

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "For clients without TLS: ${DEFAULT-VALUE} by default, 0 any free one, -1 none.")
  private int port = 2181;

  @Option(
      names = "--secure-port",
      paramLabel = "PORT",
      description =
          "For clients with TLS, set up by ZooKeeper's properties: "
              + "-Dzookeeper.ssl.keyStore.location=... and so on.")
  private int securePort = -1;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "For Prometheus, at /metrics.")
  private int metricsPort = -1;

  @Option(
      names = "--address",
      paramLabel = "HOST",
      description = "Where to listen: ${DEFAULT-VALUE} by default, which is everywhere.")
  private String address = "0.0.0.0";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The deployment's configuration. Without it, the file that the property "
              + "faaskeeper.config or the variable FAASKEEPER_CONFIG names.")
  private @Nullable Path config;

  @Option(
      names = "--provider",
      paramLabel = "memory",
      description = "Instead of a configuration: a deployment in this process, gone with it.")
  private @Nullable String provider;

  @Option(
      names = "--max-client-cnxns",
      paramLabel = "N",
      description = "Connections from one address; any number by default.")
  private int maxClientCnxns;

  @Option(
      names = "--max-cnxns",
      paramLabel = "N",
      description = "Connections in all: ${DEFAULT-VALUE} by default.")
  private int maxCnxns = 10_000;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      mapFallbackValue = "",
      description = "A property, as for ZooKeeper's server.")
  private Map<String, String> properties = Map.of();

  @Option(
      names = "--end-with-stdin",
      description = "End when standard input does, too: for programs that start this one.")
  private boolean endWithStdin;

  private final CountDownLatch ended = new CountDownLatch(1);

  private GatewayMain() {}

  /**
   * Exits with 0 if it ended with its standard input, 1 if it failed, 2 if the arguments make no
   * sense. A signal ends it in order, too, with the exit code that the JVM has for that signal.
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new GatewayMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    properties.forEach(System::setProperty);
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty(
          "logback.configurationFile", "io/faaskeeper/zookeeper/gateway/logback.xml");
    }
    try {
      DeploymentConfig deployment = deployment();
      Gateway gateway = Gateway.of(deployment, options(deployment)).start();
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::stop, "stop"));
      System.out.println(READY + welcome(gateway));
    } catch (ConfigException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      System.err.println("The gateway did not start: " + e.getMessage());
      return 1;
    }
    if (endWithStdin) {
      awaitEndOfStdin();
    }
    ended.await();
    return 0;
  }

  private DeploymentConfig deployment() {
    if (provider == null) {
      return config == null ? DeploymentConfig.load() : DeploymentConfig.read(config);
    }
    if (!provider.equals("memory") || config != null) {
      throw new ConfigException(
          "--provider may only be memory, and not beside --config: others have a configuration");
    }
    return DeploymentConfig.parse("{\"cloud-provider\": \"memory\"}");
  }

  private GatewayOptions options(DeploymentConfig deployment) {
    GatewayOptions.Builder options =
        GatewayOptions.builder()
            .address(address)
            .port(port)
            .securePort(securePort)
            .metricsPort(metricsPort)
            .maxClientCnxns(maxClientCnxns)
            .maxCnxns(maxCnxns)
            .words(words(System.getProperty(WHITELIST, "*")));
    return deployment.provider() == DeploymentConfig.Provider.MEMORY
        ? options.build()
        : options.countAge(COUNT_AGE).build();
  }

  /** As a server reads it: {@code srvr} is always answered. */
  private static Set<String> words(String whitelist) {
    Set<String> words = new LinkedHashSet<>(Arrays.asList(whitelist.trim().split("\\s*,\\s*")));
    if (words.contains("*")) {
      return GatewayOptions.ALL_WORDS;
    }
    words.add("srvr");
    words.retainAll(GatewayOptions.ALL_WORDS);
    return words;
  }

  private static String welcome(Gateway gateway) {
    StringBuilder text = new StringBuilder(gateway.connectString());
    if (gateway.port() >= 0 && gateway.securePort() >= 0) {
      text.append(", with TLS at port ").append(gateway.securePort());
    }
    if (gateway.metricsPort() >= 0) {
      text.append(", metrics at port ").append(gateway.metricsPort());
    }
    return text.toString();
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
              ended.countDown();
            },
            "stdin");
    reader.setDaemon(true);
    reader.start();
  }
}
