package io.faaskeeper.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The emulators of DynamoDB, SQS and S3, in one process that ends with this one. */
public final class EmulatorProcess implements AutoCloseable {
  private static final String MAIN = "io.faaskeeper.emulators.Emulators";
  private static final int MAX_END_SECONDS = 5;

  private final Process process;
  private final StdinProcess lifetime;
  private final Path log;
  private final URI dynamoDb;
  private final URI sqs;
  private final URI s3;

  private EmulatorProcess(Process process, Path log, URI dynamoDb, URI sqs, URI s3) {
    this.process = process;
    this.lifetime = new StdinProcess(process, MAX_END_SECONDS);
    this.log = log;
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.s3 = s3;
  }

  /** Starts all, and waits until they answer; see {@link #launch}. */
  public static EmulatorProcess start(@Nullable Path data, Path log) throws IOException {
    EmulatorProcess emulators = launch(data, log);
    emulators.awaitReady();
    return emulators;
  }

  /**
   * Begins to start all.
   *
   * @param data the folder that keeps tables and objects, or null for memory
   * @param log where their log goes
   */
  static EmulatorProcess launch(@Nullable Path data, Path log) throws IOException {
    int dynamoDbPort;
    int sqsPort;
    int s3Port;
    try (ServerSocket first = freePort();
        ServerSocket second = freePort();
        ServerSocket third = freePort()) {
      dynamoDbPort = first.getLocalPort();
      sqsPort = second.getLocalPort();
      s3Port = third.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", BuiltModule.named("emulators").classPath(), MAIN));
    command.addAll(List.of("--dynamodb-port", String.valueOf(dynamoDbPort)));
    command.addAll(List.of("--sqs-port", String.valueOf(sqsPort)));
    command.addAll(List.of("--s3-port", String.valueOf(s3Port), "--end-with-stdin"));
    if (data != null) {
      command.addAll(List.of("--data", data.toString()));
    }
    return new EmulatorProcess(
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start(),
        log,
        URI.create("http://127.0.0.1:" + dynamoDbPort),
        URI.create("http://127.0.0.1:" + sqsPort),
        URI.create("http://127.0.0.1:" + s3Port));
  }

  private static ServerSocket freePort() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /** Waits until all answer. */
  void awaitReady() throws IOException {
    // The reader stays open: what else the process prints is nothing to wait for.
    if (process.inputReader().readLine() == null) {
      throw new IOException("the emulators did not start, see " + log);
    }
  }

  public URI dynamoDb() {
    return dynamoDb;
  }

  public URI sqs() {
    return sqs;
  }

  public URI s3() {
    return s3;
  }

  /** Of the process. */
  public long pid() {
    return process.pid();
  }

  /** Runs something if the process ends before it is closed. */
  void onUnexpectedEnd(Runnable task) {
    lifetime.onUnexpectedEnd(task);
  }

  /** Ends it, in order if it can be done in time. */
  @Override
  public void close() throws IOException {
    lifetime.close();
  }
}
