package io.faaskeeper.operations.chaos;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.faaskeeper.operations.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run: processes of a local deployment are killed, and no promise is broken. */
@Timeout(600)
final class ChaosTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void noPromiseIsBroken() {
    Told told = Told.by(ChaosMain.command(), "--minutes", "0.5", "--folder", folder.toString());
    told.assertDone("no promise was broken");
    assertFalse(told.out().contains("killed 0 functions, 0 gateways, 0 client"), told::toString);
    assertFalse(told.out().contains(": 0 answers"), told::toString);
  }
}
