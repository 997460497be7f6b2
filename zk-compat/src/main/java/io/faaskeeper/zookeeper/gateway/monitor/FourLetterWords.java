package io.faaskeeper.zookeeper.gateway.monitor;

import io.faaskeeper.client.ProcessMonitor;
import io.faaskeeper.client.ProcessReport;
import io.faaskeeper.port.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.zookeeper.Environment;
import org.apache.zookeeper.Version;

/**
 * Answers ZooKeeper's four-letter words, in the form in which a standalone server of version 3.9
 * does: what monitoring tools read. Thread-safe; never blocks.
 */
public final class FourLetterWords {
  private static final String NOT_SERVING =
      "This ZooKeeper instance is not currently serving requests\n";
  private static final int PATIENCE_SECONDS = 20;

  private final Set<String> enabled;
  private final Supplier<String> configuration;
  private final GatewayStats stats;
  private final Supplier<Collection<? extends MonitoredConnection>> connections;
  private final ProcessMonitor monitor;
  private final NodeCounts counts;
  private final Numbers numbers;
  private final Clock clock;

  /**
   * The words of one gateway, from now on.
   *
   * @param enabled which of them are answered
   * @param configuration what {@code conf} tells
   * @param countAge how old a count of nodes may be, if they have changed since
   */
  public FourLetterWords(
      Set<String> enabled,
      Supplier<String> configuration,
      GatewayStats stats,
      Supplier<Collection<? extends MonitoredConnection>> connections,
      ProcessMonitor monitor,
      Duration countAge,
      Clock clock) {
    this.enabled = Set.copyOf(enabled);
    this.configuration = configuration;
    this.stats = stats;
    this.connections = connections;
    this.monitor = monitor;
    this.clock = clock;
    this.counts = new NodeCounts(monitor, clock, countAge);
    long begun = clock.nanoTime();
    this.numbers =
        new Numbers(
            stats,
            connections,
            monitor::report,
            counts,
            () -> (clock.nanoTime() - begun) / 1_000_000L);
  }

  /** The numbers that {@code mntr} tells, by name. */
  public CompletionStage<Map<String, Number>> numbers() {
    return numbers.now();
  }

  /** The text that answers a word. Never fails. */
  public CompletionStage<String> answer(String word) {
    if (!enabled.contains(word)) {
      return done(word + " is not executed because it is not in the whitelist.");
    }
    CompletionStage<String> answer =
        switch (word) {
          case "ruok" -> done("imok");
          case "isro" -> done("rw");
          case "conf" -> done(configuration.get());
          case "envi" -> CompletableFuture.supplyAsync(FourLetterWords::environment);
          case "cons" -> done(connections(false) + "\n");
          case "crst" -> resetConnections();
          case "srst" -> resetServer();
          case "srvr" -> server("");
          case "stat" -> server("Clients:\n" + connections(true) + "\n");
          case "mntr" -> monitorValues();
          case "wchs" -> watches(WatchWords::summary);
          case "wchc" -> watches(WatchWords::bySession);
          case "wchp" -> watches(WatchWords::byPath);
          case "dump" -> monitor.report().thenCompose(this::dump);
          default -> done("");
        };
    return answer
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(failure -> NOT_SERVING);
  }

  private static CompletionStage<String> done(String text) {
    return CompletableFuture.completedFuture(text);
  }

  /** Asks the resolver for this host's name, which may take its time. */
  private static String environment() {
    return Environment.list().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
        .collect(Collectors.joining("", "Environment:\n", ""));
  }

  private String connections(boolean brief) {
    return connections.get().stream()
        .map(c -> ConnectionLine.of(c, brief) + "\n")
        .collect(Collectors.joining());
  }

  private CompletionStage<String> resetConnections() {
    connections.get().forEach(connection -> connection.stats().reset());
    return done("Connection stats reset.\n");
  }

  private CompletionStage<String> resetServer() {
    stats.reset();
    return done("Server stats reset.\n");
  }

  private CompletionStage<String> server(String clients) {
    return monitor
        .report()
        .thenCompose(
            report ->
                counts
                    .at(report)
                    .thenApply(counted -> server(clients, report.zxid(), counted.nodes())));
  }

  private String server(String clients, long zxid, int nodes) {
    return "Zookeeper version: "
        + Version.getFullVersion()
        + "\n"
        + clients
        + "Latency min/avg/max: "
        + stats.latency.getMin()
        + "/"
        + stats.latency.getAvg()
        + "/"
        + stats.latency.getMax()
        + "\nReceived: "
        + stats.packetsReceived.sum()
        + "\nSent: "
        + stats.packetsSent.sum()
        + "\nConnections: "
        + connections.get().size()
        + "\nOutstanding: "
        + numbers.unanswered()
        + "\nZxid: 0x"
        + Long.toHexString(zxid)
        + "\nMode: standalone\nNode count: "
        + nodes
        + "\n";
  }

  private CompletionStage<String> monitorValues() {
    return numbers.now().thenApply(FourLetterWords::values);
  }

  private static String values(Map<String, Number> numbers) {
    StringBuilder text = new StringBuilder();
    text.append("zk_version\t").append(Version.getFullVersion()).append('\n');
    text.append("zk_server_state\tstandalone\n");
    numbers.forEach(
        (name, value) -> text.append("zk_").append(name).append('\t').append(value).append('\n'));
    return text.toString();
  }

  private CompletionStage<String> watches(Function<WatchWords, String> text) {
    return monitor.report().thenApply(WatchWords::of).thenApply(text);
  }

  private CompletionStage<String> dump(ProcessReport report) {
    Map<Long, List<String>> ephemerals = new TreeMap<>();
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (ProcessReport.HeldSession session : report.sessions()) {
      all =
          all.thenCompose(
              before ->
                  monitor
                      .ephemerals(session.id())
                      .thenAccept(paths -> ephemerals.put(session.id(), paths)));
    }
    return all.thenApply(
        done -> {
          ephemerals.values().removeIf(List::isEmpty);
          int interval = monitor.options().tickMillis();
          return new Dump(report, ephemerals, connections.get(), interval)
              .text(clock.currentTimeMillis());
        });
  }
}
