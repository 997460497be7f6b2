package io.faaskeeper.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The emulators of DynamoDB and SQS, in one process that ends with this one. */
public final class EmulatorProcess implements AutoCloseable {
  private static final String MAIN = "io.faaskeeper.emulators.Emulators";
  private static final int MAX_END_SECONDS = 5;

  private final Process process;
  private final URI dynamoDb;
  private final URI sqs;
  private volatile boolean closing;

  private EmulatorProcess(Process process, URI dynamoDb, URI sqs) {
    this.process = process;
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
  }

  /**
   * Starts both, and waits until they answer.
   *
   * @param data the folder that keeps the tables, or null for memory
   * @param log where their log goes
   */
  public static EmulatorProcess start(@Nullable Path data, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", BuiltModule.named("emulators").classPath(), MAIN));
    command.add("--end-with-stdin");
    if (data != null) {
      command.addAll(List.of("--data", data.toString()));
    }
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    // The reader stays open: what else the process prints is nothing to wait for.
    String line = process.inputReader().readLine();
    if (line == null) {
      throw new IOException("the emulators did not start, see " + log);
    }
    JsonNode endpoints = new ObjectMapper().readTree(line);
    return new EmulatorProcess(
        process,
        URI.create(endpoints.get("dynamodb").asText()),
        URI.create(endpoints.get("sqs").asText()));
  }

  public URI dynamoDb() {
    return dynamoDb;
  }

  public URI sqs() {
    return sqs;
  }

  /** Runs something if the process ends before it is closed. */
  void onUnexpectedEnd(Runnable task) {
    var unused =
        process
            .onExit()
            .thenRun(
                () -> {
                  if (!closing) {
                    task.run();
                  }
                });
  }

  /** Ends it, in order if it can be done in time. */
  @Override
  public void close() throws IOException {
    closing = true;
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
