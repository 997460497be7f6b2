package io.faaskeeper.emulators;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.logging.LogManager;

/**
 * DynamoDB, SQS and S3 side by side. As a program it prints one line when all answer,
 *
 * <pre>{"dynamodb":"http://127.0.0.1:…","sqs":"http://127.0.0.1:…","s3":"http://127.0.0.1:…"}</pre>
 *
 * and runs until SIGTERM, or until standard input ends if it was told to.
 */
public final class Emulators implements AutoCloseable {
  private final Emulator dynamoDb;
  private final Emulator sqs;
  private final Emulator s3;

  private Emulators(Emulator dynamoDb, Emulator sqs, Emulator s3) {
    this.dynamoDb = dynamoDb;
    this.sqs = sqs;
    this.s3 = s3;
  }

  /** All in memory, on ports that are free; for tests. */
  public static Emulators inMemory() {
    return start(new Arguments(0, 0, 0, null, false));
  }

  /** Starts all at once and waits until they answer. */
  static Emulators start(Arguments arguments) {
    CompletableFuture<Emulator> sqs = onThread("sqs", () -> new SqsEmulator(arguments.sqsPort()));
    CompletableFuture<Emulator> s3 =
        onThread("s3", () -> new S3Emulator(arguments.s3Port(), arguments.data()));
    Emulator dynamoDb = new DynamoDbEmulator(arguments.dynamoDbPort(), arguments.data());
    return new Emulators(dynamoDb, sqs.join(), s3.join());
  }

  private static CompletableFuture<Emulator> onThread(String name, Supplier<Emulator> start) {
    return CompletableFuture.supplyAsync(start, task -> daemon(name, task).start());
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  public URI dynamoDb() {
    return dynamoDb.endpoint();
  }

  public URI sqs() {
    return sqs.endpoint();
  }

  public URI s3() {
    return s3.endpoint();
  }

  @Override
  public void close() {
    try {
      dynamoDb.close();
    } finally {
      try {
        sqs.close();
      } finally {
        s3.close();
      }
    }
  }

  public static void main(String[] args) {
    // They have something to say to java.util.logging that helps nobody.
    LogManager.getLogManager().reset();
    try {
      Arguments arguments = Arguments.parse(List.of(args));
      Emulators emulators = start(arguments);
      Runtime.getRuntime().addShutdownHook(new Thread(emulators::close, "close"));
      System.out.println(
          "{\"dynamodb\":\"%s\",\"sqs\":\"%s\",\"s3\":\"%s\"}"
              .formatted(emulators.dynamoDb(), emulators.sqs(), emulators.s3()));
      if (arguments.endWithStdin()) {
        awaitEnd(System.in);
        System.exit(0);
      }
    } catch (IllegalArgumentException e) {
      fail(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      fail(String.valueOf(e instanceof CompletionException ? e.getCause() : e));
    }
  }

  private static void awaitEnd(InputStream stdin) {
    try {
      stdin.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A standard input that can't be read has ended.
    }
  }

  /** The emulators leave threads behind that keep a JVM alive. */
  private static void fail(String message) {
    System.err.println("emulators: " + message);
    System.exit(1);
  }
}
