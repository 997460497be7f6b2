package io.faaskeeper.operations.check;

import io.faaskeeper.operations.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In the tables and the bucket of AWS, on emulators. */
@Timeout(180)
final class CheckOnEmulatorsTest extends CheckContract {
  private static @Nullable Emulators emulators;

  @TempDir private Path folder = Path.of("");
  private @Nullable WriterLoop writer;

  @BeforeAll
  static void start() throws IOException {
    emulators = Emulators.start();
  }

  @AfterAll
  static void stop() {
    if (emulators != null) {
      emulators.close();
    }
  }

  @Override
  String deploy(String name) {
    if (emulators == null) {
      throw new AssertionError("not started");
    }
    String config = emulators.deploy(name);
    writer = WriterLoop.start(config);
    return config;
  }

  @Test
  void programEndsWithTwoIfNothingAnswers() throws Exception {
    Path stopped =
        Files.writeString(
            folder.resolve("stopped.json"),
            """
            {"cloud-provider": "local", "deployment-name": "stopped", "endpoints": {
              "dynamodb": "http://127.0.0.1:1", "sqs": "http://127.0.0.1:1"}}
            """);
    Told.by(CheckMain.command(), "--config", stopped.toString())
        .assertFailed(2, "stopped can't be read: ");
  }

  @Override
  @AfterEach
  void close() throws Exception {
    super.close();
    if (writer != null) {
      writer.close();
    }
  }
}
