package io.faaskeeper.benchmarks;

import io.faaskeeper.benchmarks.operation.Connection;
import io.faaskeeper.benchmarks.targets.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Has JMH measure one operation on one running target, in a client JVM of its own. */
final class Harness {
  private static final TimeValue ITERATION_LIMIT = TimeValue.seconds(60);
  private static final List<String> CLIENT_JVM =
      List.of("-Xms256m", "-Xmx512m", "-Dlogback.configurationFile=logback-client.xml");

  private final Effort effort;
  private final Path logs;

  /**
   * For any number of runs.
   *
   * @param logs the folder for what JMH says of them
   */
  Harness(Effort effort, Path logs) {
    this.effort = effort;
    this.logs = logs;
  }

  Collection<RunResult> run(Operation operation, Target target, String name)
      throws IOException, RunnerException {
    Files.createDirectories(logs);
    Path log = logs.resolve(name + ".log");
    OptionsBuilder options = new OptionsBuilder();
    effort
        .applyTo(options)
        .include(operation.pattern())
        .jvmArgs(jvmArguments(target, logs.resolve(name + "-client.log")))
        .timeout(ITERATION_LIMIT)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.NORMAL)
        .output(log.toString());
    try {
      return new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new RunnerException(
          operation + " failed; what was said of it is in " + logs + ", " + name, e);
    }
  }

  private static String[] jvmArguments(Target target, Path log) {
    return Stream.of(
            CLIENT_JVM.stream(),
            Stream.of(
                "-Dfaaskeeper.benchmarks.log=" + log,
                "-D" + Connection.CONNECT_STRING + "=" + target.connectString()),
            target.clientProperties().entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue()))
        .flatMap(arguments -> arguments)
        .toArray(String[]::new);
  }
}
