package io.faaskeeper.benchmarks.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Java process of our own. It ends with this one; if this one is killed, its standard input ends,
 * which it has to look out for. Used by one thread.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final int END_SECONDS = 10;
  private static final int LAST_WORDS_LINES = 15;

  private final Process process;
  private final Path log;
  private final Thread hook;

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.hook = new Thread(process::destroyForcibly, "end-" + log.getFileName());
  }

  /** Looks for something that may not be there yet. */
  public interface Probe<T> {
    Optional<T> look() throws IOException;
  }

  /**
   * Starts it.
   *
   * @param arguments of the JVM, the main class, and its own
   * @param log gets its output
   */
  public static ChildJvm start(String classPath, List<String> arguments, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath);
    command.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ChildJvm child = new ChildJvm(process, log);
    Runtime.getRuntime().addShutdownHook(child.hook);
    return child;
  }

  /**
   * Waits until a probe finds something.
   *
   * @throws IOException with the child's last words if it ends before, or is not ready in time
   */
  public <T> T await(Duration limit, Probe<T> probe) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> found = probe.look();
      if (found.isPresent()) {
        return found.get();
      }
      if (!process.isAlive()) {
        throw failure("ended with status " + process.exitValue());
      }
      if (System.nanoTime() - deadline > 0) {
        throw failure("was not ready after " + limit.toSeconds() + " s");
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  /** Waits until it prints a line with such a beginning, and returns that line. */
  public String awaitLine(Duration limit, String beginning)
      throws IOException, InterruptedException {
    return await(
        limit, () -> output().stream().filter(line -> line.startsWith(beginning)).findFirst());
  }

  private IOException failure(String what) throws IOException {
    List<String> lines = output();
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST_WORDS_LINES), lines.size());
    return new IOException(
        "%s %s:%n%s".formatted(log, what, String.join(System.lineSeparator(), last)));
  }

  private List<String> output() throws IOException {
    return Files.readAllLines(log);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // This process is ending too, and the hook does the rest.
      process.destroyForcibly();
    }
  }
}
