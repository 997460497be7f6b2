package io.faaskeeper.host.coldstart;

import io.faaskeeper.host.coldstart.RuntimeApiServer.Said;
import io.faaskeeper.host.lambda.JvmOptions;
import io.faaskeeper.host.sandbox.SandboxMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process with Lambda's runtime client and a handler, started with the flags that Lambda's
 * runtime for Java has, and its environment.
 */
final class PackagedFunction implements AutoCloseable {
  private final RuntimeApiServer api;
  private final Process process;
  private final long startedNanos;

  private PackagedFunction(RuntimeApiServer api, Process process, long startedNanos) {
    this.api = api;
    this.process = process;
    this.startedNanos = startedNanos;
  }

  /**
   * Starts it.
   *
   * @param jvm with the unpacked jar
   * @param initialization {@code on-demand} or {@code snap-start}
   * @param log for what it prints
   */
  static PackagedFunction start(
      JvmOptions jvm,
      String handler,
      String initialization,
      Map<String, String> environment,
      Path log)
      throws IOException {
    RuntimeApiServer api = new RuntimeApiServer();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm.flags());
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.addAll(List.of("-cp", jvm.classPath(), SandboxMain.class.getName(), handler));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(jvm.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("AWS_LAMBDA_RUNTIME_API", api.address()),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "function"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "1"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "group"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "stream"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", initialization),
                Map.entry("AWS_CONTAINER_CREDENTIALS_FULL_URI", api.credentials()),
                Map.entry("AWS_ENDPOINT_URL_EVENTBRIDGE", "http://" + api.address()),
                Map.entry("LAMBDA_TASK_ROOT", jvm.directory().toString()),
                Map.entry("_HANDLER", handler)));
    long now = System.nanoTime();
    return new PackagedFunction(api, builder.start(), now);
  }

  /** Waits until it asks for this, and says when. */
  long awaitPoll(String what) throws InterruptedException {
    return api.next(what).nanos();
  }

  /** Lets it go on from the snapshot that it waits at; the time. */
  long restore() throws InterruptedException {
    long now = System.nanoTime();
    api.give(new byte[0]);
    return now;
  }

  /** Gives it the event that it waits for; its answer, and when. */
  Said invoke(byte[] event) throws InterruptedException {
    api.give(event);
    return api.next("/invocation/1/response");
  }

  /** Gives it the event that it waits for; the error that it reports. */
  Said failAt(byte[] event) throws InterruptedException {
    api.give(event);
    return api.next("/invocation/1/error");
  }

  long startedNanos() {
    return startedNanos;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
