package io.faaskeeper.demo;

import demoapp.DoomedLeader;
import demoapp.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A local deployment: emulators and functions in processes of their own, in a folder that stays
 * when it has ended. The leader is a JVM of its own that is killed.
 */
final class LocalLaunch implements Launch {
  private static final String MAIN = "io.faaskeeper.host.Local";
  private static final String READY = "FaaSKeeper is ready";
  private static final int END_MAX_SECONDS = 10;

  private final Path folder;
  private final Process process;

  private LocalLaunch(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
  }

  /**
   * Starts it and returns when it answers.
   *
   * @param choices options of {@code fk local} that say what it is made of
   */
  static LocalLaunch start(List<String> choices) throws IOException {
    Path folder = Files.createTempDirectory("faaskeeper-demo-");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                BuiltModule.at("functions/host").classPath(),
                MAIN,
                "--folder",
                folder.toString(),
                "--end-with-stdin"));
    command.addAll(choices);
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(READY)) {
        return new LocalLaunch(folder, process);
      }
    }
    throw new IOException("the local deployment did not start, see " + folder);
  }

  @Override
  public String description() {
    return "emulators and functions run in processes of their own, logs are in " + folder;
  }

  @Override
  public Path configuration() {
    return folder.resolve("client.json");
  }

  @Override
  public Duration sessionTimeout() {
    return Duration.ofSeconds(4);
  }

  @Override
  public DoomedLeader leader(Settings settings) {
    return new ExistingLaunch(configuration()).leader(settings);
  }

  @Override
  public Optional<Spending> functions() throws IOException {
    return Optional.of(FunctionMetrics.read(folder.resolve("metrics.jsonl")));
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
