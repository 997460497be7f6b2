package io.faaskeeper.operations.check;

import io.faaskeeper.operations.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A check of a deployment whose storage does not answer. */
@Timeout(120)
class UnreachableTest {
  @TempDir Path folder;

  @Test
  void itIsToldInOneLine() throws IOException {
    // Nobody listens at the discard port.
    Path config =
        Files.writeString(
            folder.resolve("config.json"),
            """
            {"cloud-provider": "local", "deployment-name": "shop",
             "endpoints": {"dynamodb": "http://127.0.0.1:9", "sqs": "http://127.0.0.1:9"}}
            """);

    Told.by(CheckMain.command(), "--config", config.toString())
        .assertFailed(2, "shop can't be read: ");
  }
}
