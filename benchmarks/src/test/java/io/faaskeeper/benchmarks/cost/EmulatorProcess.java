package io.faaskeeper.benchmarks.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.benchmarks.child.BuiltModule;
import io.faaskeeper.benchmarks.child.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** DynamoDB and SQS, emulated in a process of their own, in memory. */
final class EmulatorProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final ChildJvm process;
  private final URI dynamoDb;
  private final URI sqs;

  private EmulatorProcess(ChildJvm process, JsonNode endpoints) {
    this.process = process;
    this.dynamoDb = URI.create(endpoints.get("dynamodb").textValue());
    this.sqs = URI.create(endpoints.get("sqs").textValue());
  }

  /** Starts both, and waits until they answer. */
  static EmulatorProcess start(Path log) throws IOException, InterruptedException {
    ChildJvm process =
        ChildJvm.start(
            BuiltModule.at("functions/emulators").classPath(),
            List.of("-Xmx1g", "io.faaskeeper.emulators.Emulators", "--end-with-stdin"),
            log);
    try {
      String endpoints = process.awaitLine(START_LIMIT, "{");
      return new EmulatorProcess(process, new ObjectMapper().readTree(endpoints));
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.close();
      throw e;
    }
  }

  URI dynamoDb() {
    return dynamoDb;
  }

  URI sqs() {
    return sqs;
  }

  @Override
  public void close() {
    process.close();
  }
}
