package io.faaskeeper.zookeeper.gateway.monitor;

import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's numbers for Prometheus, at {@code /metrics}, under the names that ZooKeeper's own
 * provider gives them. Besides what {@code mntr} tells, the latencies as summaries, in
 * milliseconds. Thread-safe.
 */
public final class MetricsEndpoint implements LatencyObserver, AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Summary reads = summary("readlatency", "what reads took, in milliseconds");
  private final Summary updates = summary("updatelatency", "what writes took, in milliseconds");
  private @Nullable HTTPServer server;

  private Summary summary(String name, String help) {
    return Summary.builder()
        .name(name)
        .help(help)
        .quantile(0.5, 0.05)
        .quantile(0.9, 0.01)
        .quantile(0.99, 0.001)
        .register(registry);
  }

  @Override
  public void answered(boolean update, long nanos) {
    (update ? updates : reads).observe(nanos / 1e6);
  }

  /**
   * Begins to answer.
   *
   * @param port 0 for any free one
   * @param numbers the gauges, by name
   * @return the port
   */
  public int start(
      InetAddress address, int port, Supplier<CompletionStage<Map<String, Number>>> numbers)
      throws IOException {
    MultiCollector gauges = () -> gauges(numbers);
    registry.register(gauges);
    HTTPServer started =
        HTTPServer.builder().inetAddress(address).port(port).registry(registry).buildAndStart();
    server = started;
    return started.getPort();
  }

  private static MetricSnapshots gauges(Supplier<CompletionStage<Map<String, Number>>> numbers) {
    List<MetricSnapshot> snapshots = new ArrayList<>();
    numbers
        .get()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join()
        .forEach((name, value) -> snapshots.add(gauge(name, value.doubleValue())));
    return new MetricSnapshots(snapshots);
  }

  private static GaugeSnapshot gauge(String name, double value) {
    return GaugeSnapshot.builder()
        .name(name)
        .help(name.replace('_', ' '))
        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build())
        .build();
  }

  @Override
  public void close() {
    HTTPServer started = server;
    if (started != null) {
      started.close();
    }
  }
}
