package io.faaskeeper.zookeeper.gateway.monitor;

import io.faaskeeper.client.ProcessReport;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.zookeeper.server.metric.AvgMinMaxCounter;
import org.apache.zookeeper.server.util.OSMXBean;

/** The numbers of a gateway, under ZooKeeper's names of them. Thread-safe. */
final class Numbers {
  private final GatewayStats stats;
  private final Supplier<Collection<? extends MonitoredConnection>> connections;
  private final Supplier<CompletionStage<ProcessReport>> report;
  private final NodeCounts counts;
  private final Supplier<Long> uptimeMillis;
  private final OSMXBean system = new OSMXBean();

  Numbers(
      GatewayStats stats,
      Supplier<Collection<? extends MonitoredConnection>> connections,
      Supplier<CompletionStage<ProcessReport>> report,
      NodeCounts counts,
      Supplier<Long> uptimeMillis) {
    this.stats = stats;
    this.connections = connections;
    this.report = report;
    this.counts = counts;
    this.uptimeMillis = uptimeMillis;
  }

  /** All of them, in the order in which they are told. */
  CompletionStage<Map<String, Number>> now() {
    return report.get().thenCompose(r -> counts.at(r).thenApply(c -> numbers(r, c)));
  }

  private Map<String, Number> numbers(ProcessReport held, NodeCounts.Counted counted) {
    Map<String, Number> n = new LinkedHashMap<>();
    n.put("avg_latency", stats.latency.getAvg());
    n.put("max_latency", stats.latency.getMax());
    n.put("min_latency", stats.latency.getMin());
    n.put("packets_received", stats.packetsReceived.sum());
    n.put("packets_sent", stats.packetsSent.sum());
    n.put("num_alive_connections", connections.get().size());
    n.put("outstanding_requests", unanswered());
    n.put("uptime", uptimeMillis.get());
    n.put("znode_count", counted.nodes());
    n.put("watch_count", held.sessions().stream().mapToInt(s -> s.watches()).sum());
    n.put("ephemerals_count", counted.ephemerals());
    n.put("global_sessions", held.sessions().size());
    n.put("local_sessions", 0);
    n.put("open_file_descriptor_count", system.getOpenFileDescriptorCount());
    n.put("max_file_descriptor_count", system.getMaxFileDescriptorCount());
    n.put("last_client_response_size", stats.responseSizes.getLastBufferSize());
    n.put("max_client_response_size", stats.responseSizes.getMaxBufferSize());
    n.put("min_client_response_size", stats.responseSizes.getMinBufferSize());
    n.put("connection_request_count", stats.requestsForSessions.sum());
    n.put("connection_rejected", stats.connectionsRejected.sum());
    n.put("connection_drop_count", stats.connectionsDropped.sum());
    n.put("bytes_received_count", stats.bytesReceived.sum());
    n.put("response_bytes", stats.bytesSent.sum());
    latency(n, "readlatency", stats.readLatency);
    latency(n, "updatelatency", stats.updateLatency);
    return n;
  }

  private static void latency(Map<String, Number> n, String name, AvgMinMaxCounter counter) {
    n.put("avg_" + name, counter.getAvg());
    n.put("min_" + name, counter.getMin());
    n.put("max_" + name, counter.getMax());
    n.put("cnt_" + name, counter.getCount());
    n.put("sum_" + name, counter.getTotal());
  }

  /** Requests under way on all connections. */
  long unanswered() {
    return connections.get().stream().mapToLong(MonitoredConnection::unanswered).sum();
  }
}
