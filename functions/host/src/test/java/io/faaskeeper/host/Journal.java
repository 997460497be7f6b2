package io.faaskeeper.host;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A folder by which processes tell each other, and the test, what happened. */
public final class Journal {
  private final Path folder;

  public Journal(Path folder) {
    this.folder = folder;
  }

  /** Appends a line, after those that were written before by whomever. */
  public void write(String line) throws IOException {
    Files.writeString(folder.resolve("journal"), line + "\n", CREATE, APPEND);
  }

  /** The lines so far that begin with this. */
  public List<String> lines(String prefix) throws IOException {
    Path file = folder.resolve("journal");
    return Files.exists(file)
        ? Files.readAllLines(file).stream().filter(line -> line.startsWith(prefix)).toList()
        : List.of();
  }

  /** Waits until there are so many of them. */
  public List<String> await(String prefix, int count) throws IOException {
    List<String> lines = lines(prefix);
    while (lines.size() < count) {
      pause();
      lines = lines(prefix);
    }
    return lines;
  }

  public void leave(String file) throws IOException {
    Files.createFile(folder.resolve(file));
  }

  /** Waits until somebody has left it. */
  public void await(String file) {
    while (!Files.exists(folder.resolve(file))) {
      pause();
    }
  }

  private static void pause() {
    if (Thread.interrupted()) {
      throw new IllegalStateException("interrupted while it waited");
    }
    LockSupport.parkNanos(2_000_000);
  }
}
