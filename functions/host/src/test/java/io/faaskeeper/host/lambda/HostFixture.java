package io.faaskeeper.host.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.host.Journal;
import io.faaskeeper.host.ScriptedHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;

/** A host of scripted functions, with what they print and leave. */
public final class HostFixture implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  public final ExecutorService executor = Executors.newCachedThreadPool();
  public final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  public final Account account = Account.local("eu-north-1");
  public final Journal journal;
  public final FunctionHost host;
  final BlockingQueue<String> printed = new LinkedBlockingQueue<>();
  private final Path folder;

  public HostFixture(Path folder) throws IOException {
    this.folder = folder;
    this.journal = new Journal(folder);
    this.host =
        FunctionHost.start(
            0,
            account,
            JvmOptions.forHandlers(System.getProperty("java.class.path"), folder),
            (function, instance, line) -> printed.add(function + " " + instance + " " + line),
            executor,
            timers);
  }

  public void deploy(String name, int concurrency, Duration timeout) {
    deploy(name, ScriptedHandler.class, concurrency, 0, timeout);
  }

  void deploy(String name, Class<?> handler, int concurrency, int provisioned, Duration timeout) {
    Map<String, String> environment = Map.of(ScriptedHandler.FOLDER, folder.toString());
    host.deploy(
        new FunctionSpec(name, handler.getName(), concurrency, provisioned, timeout, environment));
  }

  /** Invokes the function with a script, and waits. */
  InvocationResult run(String function, String script) {
    return host.invoke(function, event(script)).toCompletableFuture().join();
  }

  static byte[] event(String script) {
    return JSON.createObjectNode()
        .put("script", script)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  static JsonNode returned(InvocationResult result) throws IOException {
    return JSON.readTree(((InvocationResult.Returned) result).payload());
  }

  static JsonNode failed(InvocationResult result) throws IOException {
    return JSON.readTree(((InvocationResult.Failed) result).payload());
  }

  @Override
  public void close() {
    host.close();
    executor.shutdownNow();
    timers.shutdownNow();
  }
}
