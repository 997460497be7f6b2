package io.faaskeeper.deployment;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.ProcessMonitor;
import io.faaskeeper.model.Credential;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A runtime that owns the SDK's clients. */
record ClosingRuntime(ClientRuntime runtime, AwsClients clients) implements ClientRuntime {
  @Override
  public CompletionStage<ConnectResult> open(int timeoutMillis, List<Credential> identity) {
    return runtime.open(timeoutMillis, identity);
  }

  @Override
  public CompletionStage<ConnectResult> attach(
      long sessionId,
      byte[] password,
      int timeoutMillis,
      long lastZxidSeen,
      List<Credential> identity) {
    return runtime.attach(sessionId, password, timeoutMillis, lastZxidSeen, identity);
  }

  @Override
  public ProcessMonitor monitor() {
    return runtime.monitor();
  }

  @Override
  public void halt() {
    runtime.halt();
    clients.close();
  }

  @Override
  public void close() {
    runtime.close();
    clients.close();
  }
}
