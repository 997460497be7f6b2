package io.faaskeeper.demo;

import demoapp.Application;
import demoapp.Outcome;
import demoapp.PrintedReport;
import demoapp.Settings;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the demo application on a deployment of its own, shows what happens as it happens, and at
 * the end what it took. The application is an ordinary one, written for ZooKeeper: all that this
 * class does to it is to set two system properties before it starts.
 */
@Command(
    name = "fk demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an ordinary Curator application on FaaSKeeper.",
      "Ends with 0 if each recipe behaved, with 1 if not, with 2 if the arguments make no sense."
    })
public final class DemoLauncher implements Callable<Integer> {
  /** What an application has in its settings anyway. Nobody listens there. */
  private static final String OLD_CONNECT_STRING = "localhost:2181";

  private static final String DEPLOYMENT = "deployment";

  private final PrintStream out;
  private final PrintStream err;
  private final Instruments instruments;

  @Option(
      names = "--provider",
      description =
          "memory, or local (emulators and functions in processes of their own), which is the"
              + " default.")
  private @Nullable Provider provider;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Instead of starting a deployment, use the running one that this describes.")
  private @Nullable Path config;

  @Option(
      names = "--user-storage",
      paramLabel = "KIND",
      description = "Of the local deployment: key-value, persistent or hybrid.")
  private @Nullable String userStorage;

  @Option(
      names = "--worker-queue",
      paramLabel = "KIND",
      description = "Of the local deployment: sqs or dynamodb.")
  private @Nullable String workerQueue;

  @Option(
      names = "--distributor-queue",
      paramLabel = "KIND",
      description = "Of the local deployment: inline, sqs or dynamodb.")
  private @Nullable String distributorQueue;

  @Option(
      names = "--client-channel",
      paramLabel = "KIND",
      description = "Of the local deployment: tcp or sqs.")
  private @Nullable String clientChannel;

  /** Where the demo's deployment is. */
  enum Provider {
    MEMORY,
    LOCAL
  }

  private DemoLauncher(PrintStream out, PrintStream err, Instruments instruments) {
    this.out = out;
    this.err = err;
    this.instruments = instruments;
  }

  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /** As {@link #main}, but returns what it would exit with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    return new CommandLine(new DemoLauncher(out, err, Instruments.OF_THIS_JVM))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(args);
  }

  @Override
  public Integer call() throws IOException {
    try {
      check();
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return 2;
    }
    return run();
  }

  /** What would be ignored, or fail once the demo runs, is refused. */
  private void check() {
    if (config != null) {
      if (provider != null || !choices().isEmpty()) {
        throw new ConfigException(
            "--config names a deployment that runs already, as it is: no other option goes with it");
      }
      DeploymentConfig unused = DeploymentConfig.read(config);
    } else if (provider == Provider.MEMORY && !choices().isEmpty()) {
      throw new ConfigException(
          choices().get(0) + " is of a local deployment, and --provider memory does not have it");
    }
  }

  private int run() throws IOException {
    PrintedReport report = new PrintedReport(out);
    try (Launch launch = launch(report)) {
      report.says(DEPLOYMENT, launch.description());
      List<Outcome> outcomes = run(launch, report);
      out.println();
      out.println(table(launch));
      long behaved = outcomes.stream().filter(Outcome::passed).count();
      out.printf("%n%d of %d recipes behaved.%n", behaved, outcomes.size());
      return behaved == outcomes.size() ? 0 : 1;
    }
  }

  private Launch launch(PrintedReport report) throws IOException {
    if (config != null) {
      return new ExistingLaunch(config);
    }
    Provider chosen = provider == null ? Provider.LOCAL : provider;
    report.says(DEPLOYMENT, "starts, provider " + chosen.name().toLowerCase(Locale.ROOT));
    return switch (chosen) {
      case MEMORY -> new MemoryLaunch(instruments.silence());
      case LOCAL -> LocalLaunch.start(choices());
    };
  }

  /** Options of {@code fk local}. */
  private List<String> choices() {
    List<String> options = new ArrayList<>();
    add(options, "--user-storage", userStorage);
    add(options, "--worker-queue", workerQueue);
    add(options, "--distributor-queue", distributorQueue);
    add(options, "--client-channel", clientChannel);
    return options;
  }

  private static void add(List<String> options, String name, @Nullable String value) {
    if (value != null) {
      options.addAll(List.of(name, value));
    }
  }

  private OperationTable table(Launch launch) throws IOException {
    Latencies latencies = instruments.latencies();
    return new OperationTable(
        latencies, instruments.clientCalls().spending(latencies.counts()), launch.functions());
  }

  private static List<Outcome> run(Launch launch, PrintedReport report) {
    property(report, ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, FaasKeeperClientConfig.SOCKET);
    property(
        report,
        FaasKeeperClientConfig.DEPLOYMENT_PROPERTY,
        launch.configuration().toAbsolutePath().toString());
    Settings settings =
        new Settings(OLD_CONNECT_STRING, Application.newBase(), launch.sessionTimeout());
    return new Application(settings, report).run(launch.leader(settings));
  }

  private static void property(PrintedReport report, String name, String value) {
    report.says(DEPLOYMENT, "-D" + name + "=" + value);
    System.setProperty(name, value);
  }
}
