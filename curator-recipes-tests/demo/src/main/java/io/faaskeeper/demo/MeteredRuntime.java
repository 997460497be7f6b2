package io.faaskeeper.demo;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.ProcessMonitor;
import io.faaskeeper.model.Credential;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A runtime whose sessions' operations are timed, from the request to its answer. */
final class MeteredRuntime implements ClientRuntime {
  private final ClientRuntime runtime;
  private final OperationMeter meter;
  private final PendingReads reads;
  private final Silence silence;

  MeteredRuntime(ClientRuntime runtime, OperationMeter meter, PendingReads reads, Silence silence) {
    this.runtime = runtime;
    this.meter = meter;
    this.reads = reads;
    this.silence = silence;
  }

  @Override
  public CompletionStage<ConnectResult> open(int timeoutMillis, List<Credential> identity) {
    return meter
        .measure("createSession", () -> runtime.open(timeoutMillis, identity))
        .thenApply(this::metered);
  }

  @Override
  public CompletionStage<ConnectResult> attach(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity) {
    return meter
        .measure(
            "attachSession",
            () -> runtime.attach(sessionId, password, timeoutMillis, lastZxidSeen, identity))
        .thenApply(this::metered);
  }

  private ConnectResult metered(ConnectResult result) {
    return result instanceof ConnectResult.Connected connected
        ? new ConnectResult.Connected(
            new MeteredSession(connected.session(), meter, reads, silence))
        : result;
  }

  @Override
  public ProcessMonitor monitor() {
    return runtime.monitor();
  }

  @Override
  public void halt() {
    runtime.halt();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
