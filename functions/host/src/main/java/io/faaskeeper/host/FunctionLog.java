package io.faaskeeper.host;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.faaskeeper.host.lambda.LogSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Collects what the functions print: lines that tell what an event cost in one file, as they are,
 * all others in another, after the names of their instances. A line is in its file when the call
 * returns. Thread-safe.
 */
final class FunctionLog implements LogSink, AutoCloseable {
  /** How the functions' metrics begin. */
  private static final String METRICS = "{\"fk\":\"metrics\",";

  private final BufferedWriter lines;
  private final BufferedWriter metrics;
  private boolean closed;

  /** Appends to these files. */
  FunctionLog(Path lines, Path metrics) throws IOException {
    this.lines = Files.newBufferedWriter(lines, CREATE, APPEND);
    this.metrics = Files.newBufferedWriter(metrics, CREATE, APPEND);
  }

  @Override
  public synchronized void line(String function, String instance, String line) {
    if (closed) {
      return;
    }
    try {
      if (line.startsWith(METRICS)) {
        write(metrics, line);
      } else {
        write(lines, instance + " " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(BufferedWriter writer, String line) throws IOException {
    writer.write(line);
    writer.newLine();
    writer.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    lines.close();
    metrics.close();
  }
}
