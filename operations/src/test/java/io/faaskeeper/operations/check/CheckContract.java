package io.faaskeeper.operations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.operations.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.zookeeper.CreateMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of damage, planted in a deployment, is found; without any, none is. */
abstract class CheckContract
    implements NodeDamage, LogDamage, SessionDamage, IndexDamage, LeftOvers {
  @TempDir private Path folder = Path.of("");
  private Path config = Path.of("");
  private @Nullable Planted planted;

  /**
   * Begins a deployment that nothing is stored in.
   *
   * @param name not used before
   * @return its configuration
   */
  abstract String deploy(String name) throws Exception;

  @BeforeEach
  void plant() throws Exception {
    String name = UUID.randomUUID().toString().substring(0, 30);
    config = Files.writeString(folder.resolve("config.json"), deploy(name));
    planted = Planted.in(config);
  }

  @AfterEach
  void close() throws Exception {
    if (planted != null) {
      planted.close();
    }
  }

  @Override
  public Planted planted() {
    if (planted == null) {
      throw new AssertionError("not planted");
    }
    return planted;
  }

  @Test
  void nothingWhereNothingIsWrong() {
    planted().finds();
    Told told = Told.by(CheckMain.command(), "--config", config.toString());
    told.assertDone("0 damaged, 0 left over, 0 changed too fast to be judged");
    assertTrue(told.out().contains("11 nodes, 1 processes, 1 sessions"), told::toString);
  }

  @Test
  void programEndsWithOneIfThereIsDamage() {
    planted().setStat("/a", meta -> Planted.cversion(meta, meta.stat().cversion() + 1));
    Told told = Told.by(CheckMain.command(), "--config", config.toString());
    assertEquals(1, told.code(), told::toString);
    assertTrue(told.out().contains("damage CVERSION /a: "), told::toString);
    Told.by(CheckMain.command(), "--config", folder + "/none")
        .assertFailed(2, "none can't be read");
  }

  @Test
  void nothingOnADeploymentThatIsInUse() throws Exception {
    Thread writer = new Thread(this::writeUntilInterrupted);
    writer.start();
    try {
      for (int i = 0; i < 5; i++) {
        Told told = Told.by(CheckMain.command(), "--config", config.toString(), "--skip-data");
        assertEquals(0, told.code(), told::toString);
      }
    } finally {
      writer.interrupt();
      writer.join();
    }
    planted().finds();
  }

  private void writeUntilInterrupted() {
    try {
      for (int i = 0; true; i++) {
        planted().create("/a/x/" + i % 7, CreateMode.EPHEMERAL);
        planted().zooKeeper().setData("/a", Planted.DATA, -1);
        planted().zooKeeper().delete("/a/x/" + i % 7, -1);
      }
    } catch (InterruptedException e) {
      // It was told to end.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
