package io.faaskeeper.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code fk local} in a process of its own, as a user has it. */
final class RunningLocal implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private RunningLocal(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts it and waits until it says that it is ready. */
  static RunningLocal start(Path folder, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Local.class.getName(),
                "--end-with-stdin"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith("FaaSKeeper is ready")) {
      process.destroyForcibly();
      throw new IOException("not ready: " + line);
    }
    return new RunningLocal(process, folder);
  }

  Path configuration() {
    return folder.resolve("client.json");
  }

  /** What the functions told of their costs. */
  List<String> metrics() throws IOException {
    return Files.readAllLines(folder.resolve("metrics.jsonl"));
  }

  /** Kills all instances of the functions. */
  void killFunctions() {
    process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("SandboxMain"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills it, and returns the processes that it leaves. */
  List<ProcessHandle> kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    return children;
  }

  /** Ends it as its parent's end does; its status. */
  int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
