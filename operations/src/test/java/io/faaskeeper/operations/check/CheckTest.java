package io.faaskeeper.operations.check;

import io.faaskeeper.operations.Scope;
import io.faaskeeper.operations.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In memory. */
@Timeout(60)
final class CheckTest extends CheckContract {
  @TempDir private Path folder = Path.of("");

  @Test
  void inTheMemoryOfAnotherJvmItIsRefused() throws Exception {
    Path config = Files.writeString(folder.resolve("there.json"), deploy("there"));
    Told.by(CheckMain.command(Scope.OUTSIDE_THIS_JVM), "--config", config.toString())
        .assertFailed(2, "the deployment there is inside another JVM");
  }

  @Override
  String deploy(String name) {
    return "{\"cloud-provider\": \"memory\", \"deployment-name\": \"%s\"}".formatted(name);
  }
}
