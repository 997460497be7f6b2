package io.faaskeeper.operations.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this project in a process of its own, which ends when its standard input does. */
final class Child implements AutoCloseable {
  private static final int MAX_END_SECONDS = 20;

  private final Process process;
  private final String ready;

  private Child(Process process, String ready) {
    this.process = process;
    this.ready = ready;
  }

  /**
   * Starts it, and waits for the line that says that it is ready.
   *
   * @param module where it was built, from the project's root
   * @param beginning of that line
   */
  static Child start(String module, String beginning, Path log, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
    command.add(classPath(module));
    command.add(main);
    command.addAll(arguments);
    command.add("--end-with-stdin");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader output = process.inputReader();
    String line = output.readLine();
    if (line == null || !line.startsWith(beginning)) {
      process.destroyForcibly();
      throw new IOException(main + " did not start, see " + log);
    }
    return new Child(process, line.substring(beginning.length()));
  }

  /** The classes of this module itself. */
  static Path ownClasses() {
    try {
      return Path.of(Child.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("where are this program's classes?", e);
    }
  }

  private static String classPath(String module) {
    Path target = ownClasses().resolve("../../..").normalize().resolve(module).resolve("target");
    try {
      return target.resolve("classes")
          + System.getProperty("path.separator")
          + Files.readString(target.resolve("classpath")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(module + " is not built: ./mvnw package does it", e);
    }
  }

  /** The rest of the line that said that it is ready. */
  String ready() {
    return ready;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Processes that it started, or those started, with this in their command line. */
  List<ProcessHandle> descendants(String with) {
    return process
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains(with))
        .toList();
  }

  /** Ends it at once, by SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it, in order if it can be done in time. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
