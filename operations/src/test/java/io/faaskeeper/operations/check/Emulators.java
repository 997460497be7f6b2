package io.faaskeeper.operations.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** DynamoDB, SQS and S3 in a process of their own, which ends with this one. */
public final class Emulators implements AutoCloseable {
  private static final Path TARGET = Path.of("../functions/emulators/target");
  private static final int VISIBILITY_SECONDS = 60;
  private static final String REGION = "us-east-1";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final ObjectNode endpoints;
  private final AwsClients clients;

  private Emulators(Process process, ObjectNode endpoints) {
    this.process = process;
    this.endpoints = endpoints;
    this.clients =
        new AwsClients(
            new AwsClients.Endpoints(
                REGION,
                URI.create(endpoints.required("dynamodb").textValue()),
                URI.create(endpoints.required("sqs").textValue()),
                URI.create(endpoints.required("s3").textValue())),
            List.of());
  }

  /** Starts the process, and waits for it. */
  public static Emulators start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                TARGET.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(TARGET.resolve("classpath")).strip(),
                "io.faaskeeper.emulators.Emulators",
                "--end-with-stdin")
            .redirectError(Path.of("target", "emulators.log").toFile())
            .start();
    String line = process.inputReader().readLine();
    while (line != null && !line.startsWith("{")) {
      line = process.inputReader().readLine();
    }
    if (line == null) {
      throw new IOException("the emulators did not start");
    }
    return new Emulators(process, (ObjectNode) JSON.readTree(line));
  }

  /** Makes tables, queues and bucket; the configuration, also for functions. */
  public String deploy(String name) {
    AwsDeploymentNames names = new AwsDeploymentNames(name);
    new TableCreation(clients.dynamoDb(), names).createAll().toCompletableFuture().join();
    new QueueCreation(clients.sqs(), names)
        .createAll(VISIBILITY_SECONDS)
        .toCompletableFuture()
        .join();
    new BucketCreation(clients.s3()).create(names.defaultBucket()).toCompletableFuture().join();
    ObjectNode config = JSON.createObjectNode();
    config
        .put("cloud-provider", "local")
        .put("deployment-name", name)
        .put("deployment-region", REGION)
        .put("user-storage", "hybrid")
        .put("worker-queue-groups", 1)
        .set("endpoints", endpoints);
    return config.toString();
  }

  @Override
  public void close() {
    clients.close();
    process.destroyForcibly();
  }
}
