package io.faaskeeper.client;

import io.faaskeeper.port.ClientPorts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The monitor of a runtime, whichever process it has at the moment. */
final class DefaultProcessMonitor implements ProcessMonitor {
  private final RunQueue queue;
  private final ClientPorts ports;
  private final ClientOptions options;
  private final Supplier<List<ProcessReport.HeldSession>> sessions;
  private final MonitorReads reads;

  /**
   * A monitor.
   *
   * @param sessions to be asked in tasks of the run queue
   */
  DefaultProcessMonitor(
      RunQueue queue,
      ClientPorts ports,
      ClientOptions options,
      Supplier<List<ProcessReport.HeldSession>> sessions) {
    this.queue = queue;
    this.ports = ports;
    this.options = options;
    this.sessions = sessions;
    this.reads = new MonitorReads(queue, ports, options);
  }

  @Override
  public ClientOptions options() {
    return options;
  }

  @Override
  public CompletionStage<ProcessReport> report() {
    CompletableFuture<ProcessReport> report = new CompletableFuture<>();
    queue.on(
        ports.watermarks().read(),
        watermark -> report.complete(new ProcessReport(watermark.zxid(), sessions.get())),
        report::completeExceptionally);
    return report;
  }

  @Override
  public CompletionStage<List<String>> ephemerals(long sessionId) {
    return reads.ephemerals(sessionId);
  }

  @Override
  public CompletionStage<Integer> countNodes() {
    return reads.countNodes();
  }
}
