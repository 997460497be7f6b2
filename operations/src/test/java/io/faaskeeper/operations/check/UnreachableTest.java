package io.faaskeeper.operations.check;

import io.faaskeeper.operations.SilentDeployment;
import io.faaskeeper.operations.Told;
import java.io.IOException;
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
    String config = SilentDeployment.configuration(folder);

    Told.by(CheckMain.command(), "--config", config).assertFailed(2, "shop can't be read: ");
  }
}
