package io.faaskeeper.benchmarks.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.benchmarks.child.BuiltModule;
import io.faaskeeper.benchmarks.child.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** DynamoDB, SQS and S3, emulated in a process of their own, in memory. It ends with this JVM. */
final class EmulatorProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Path LOG = Path.of("target", "emulators.log");

  private final URI dynamoDb;
  private final URI sqs;
  private final URI s3;

  private EmulatorProcess(JsonNode endpoints) {
    this.dynamoDb = URI.create(endpoints.get("dynamodb").textValue());
    this.sqs = URI.create(endpoints.get("sqs").textValue());
    this.s3 = URI.create(endpoints.get("s3").textValue());
  }

  /** The one of this JVM, started when it is asked for first. */
  static EmulatorProcess shared() {
    return Shared.PROCESS;
  }

  private static EmulatorProcess start() {
    try {
      ChildJvm process =
          ChildJvm.start(
              BuiltModule.at("functions/emulators").classPath(),
              List.of(
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx1g",
                  "io.faaskeeper.emulators.Emulators",
                  "--end-with-stdin"),
              LOG);
      String endpoints = process.awaitLine(START_LIMIT, "{");
      return new EmulatorProcess(new ObjectMapper().readTree(endpoints));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  URI dynamoDb() {
    return dynamoDb;
  }

  URI sqs() {
    return sqs;
  }

  URI s3() {
    return s3;
  }

  private static final class Shared {
    private static final EmulatorProcess PROCESS = start();
  }
}
