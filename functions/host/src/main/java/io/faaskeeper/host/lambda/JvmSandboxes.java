package io.faaskeeper.host.lambda;

import io.faaskeeper.host.sandbox.SandboxMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs instances in JVMs with Lambda's runtime client. An instance sees the environment that its
 * function was given and nothing of the host's.
 */
final class JvmSandboxes implements SandboxLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(JvmSandboxes.class);

  private final JvmOptions jvm;
  private final Account account;
  private final Executor executor;
  private final LogSink log;

  JvmSandboxes(JvmOptions jvm, Account account, Executor executor, LogSink log) {
    this.jvm = jvm;
    this.account = account;
    this.executor = executor;
    this.log = log;
  }

  @Override
  public Process launch(FunctionSpec function, String instance, String runtimeApi)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm.flags());
    command.add("-cp");
    command.add(jvm.classPath());
    command.add(SandboxMain.class.getName());
    command.add(function.handler());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(jvm.directory().toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(function.environment());
    environment.putAll(lambdaEnvironment(function, instance, runtimeApi));
    Process process = builder.start();
    executor.execute(() -> readLines(function.name(), instance, process));
    return process;
  }

  private Map<String, String> lambdaEnvironment(
      FunctionSpec function, String instance, String runtimeApi) {
    return Map.ofEntries(
        Map.entry("AWS_LAMBDA_RUNTIME_API", runtimeApi),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", function.name()),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name()),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", instance),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_REGION", account.region()),
        Map.entry("LAMBDA_TASK_ROOT", jvm.directory().toString()),
        Map.entry("_HANDLER", function.handler()));
  }

  private void readLines(String function, String instance, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        log.line(function, instance, line);
      }
    } catch (IOException e) {
      LOG.debug("The output of {} ended", instance, e);
    }
  }
}
