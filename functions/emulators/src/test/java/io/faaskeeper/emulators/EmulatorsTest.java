package io.faaskeeper.emulators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.aws.AwsClients;
import io.faaskeeper.aws.AwsDeploymentNames;
import io.faaskeeper.aws.BucketCreation;
import io.faaskeeper.aws.QueueCreation;
import io.faaskeeper.aws.TableCreation;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.NodeStore;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.StoredNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, in a process of its own. */
class EmulatorsTest {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"dynamodb\":\"(http://127.0.0.1:\\d+)\",\"sqs\":\"(http://127.0.0.1:\\d+)\","
              + "\"s3\":\"(http://127.0.0.1:\\d+)\"}");
  private static final AwsDeploymentNames NAMES = new AwsDeploymentNames("kept");

  @Test
  void dataIsKeptOverARestartAndTheProcessEndsWithStandardInput(@TempDir Path data)
      throws IOException, InterruptedException {
    String path = Samples.freshPath();
    Process first = start(data);
    withClients(
        first,
        clients -> {
          create(clients);
          Stages.await(nodes(clients).apply(Samples.alive(path, 5, new byte[9]), Deadline.NONE));
        });
    end(first);

    Process second = start(data);
    withClients(
        second,
        clients -> {
          create(clients);
          StoredNode node = Stages.await(nodes(clients).read(path, true));
          assertEquals(5, node.touched());
          assertArrayEquals(new byte[9], node.data());
        });
    end(second);
  }

  @Test
  void argumentsAreChecked() {
    assertEquals(
        new Arguments(1, 2, 3, Path.of("d"), true),
        Arguments.parse(
            List.of(
                "--dynamodb-port",
                "1",
                "--sqs-port",
                "2",
                "--s3-port",
                "3",
                "--data",
                "d",
                "--end-with-stdin")));
    for (List<String> wrong :
        List.of(
            List.of("--port"),
            List.of("--data"),
            List.of("--sqs-port", "x"),
            List.of("--sqs-port", "65536"))) {
      assertThrows(IllegalArgumentException.class, () -> Arguments.parse(wrong));
    }
  }

  private interface Use {
    void with(AwsClients clients);
  }

  private static NodeStore nodes(AwsClients clients) {
    return Local.ports(clients, NAMES).nodes(NAMES.defaultBucket(), false);
  }

  private static void create(AwsClients clients) {
    Stages.await(new BucketCreation(clients.s3()).create(NAMES.defaultBucket()));
    Stages.await(new TableCreation(clients.dynamoDb(), NAMES).createAll());
    Stages.await(new QueueCreation(clients.sqs(), NAMES).createAll(60));
  }

  private static Process start(Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Emulators.class.getName(),
            "--data",
            data.toString(),
            "--end-with-stdin")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void withClients(Process process, Use use) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    @Nullable String line = output.readLine();
    assertNotNull(line, "it ended at once");
    Matcher endpoints = LINE.matcher(line);
    assertTrue(endpoints.matches(), line);
    try (AwsClients clients =
        new AwsClients(
            new AwsClients.Endpoints(
                "us-east-1",
                URI.create(endpoints.group(1)),
                URI.create(endpoints.group(2)),
                URI.create(endpoints.group(3))),
            List.of())) {
      use.with(clients);
    }
  }

  private static void end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
    assertEquals(0, process.exitValue());
  }
}
