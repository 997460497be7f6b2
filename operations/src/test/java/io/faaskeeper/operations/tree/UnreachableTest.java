package io.faaskeeper.operations.tree;

import io.faaskeeper.operations.SilentDeployment;
import io.faaskeeper.operations.Told;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A dump of a deployment that does not answer, and a restore. */
@Timeout(120)
class UnreachableTest {
  @TempDir Path folder;

  @Test
  void itIsToldInOneLine() throws IOException {
    String config = SilentDeployment.configuration(folder);

    for (Object program : List.of(DumpMain.command(), RestoreMain.command())) {
      Told.by(program, "--config", config, folder.resolve("dump").toString())
          .assertFailed(1, "shop can't be joined: ");
    }
  }
}
