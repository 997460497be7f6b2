package io.faaskeeper.parity;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random histories on a ZooKeeper server and on FaaSKeeper, over the same wire protocol:
 * every answer, error, Stat and watch event must be the same, and in the same place. A difference
 * is told by the seed of its history and all steps up to it; {@code -Dseed=} plays that history
 * alone, {@code -Doperations=} says how many requests are made in all.
 */
final class DifferentialTest {
  private static final int OPERATIONS = Integer.getInteger("operations", 100_000);
  private static final int OPERATIONS_A_HISTORY = 1_000;
  private static final long FIRST_SEED = 1;

  @TempDir @Nullable Path folder;

  @Test
  @Timeout(600)
  void answersAndEventsAreThoseOfAServer() throws Exception {
    System.setProperty("zookeeper.extendedTypesEnabled", "true");
    try {
      Long only = Long.getLong("seed");
      if (only != null) {
        play(only);
        return;
      }
      int histories = (OPERATIONS + OPERATIONS_A_HISTORY - 1) / OPERATIONS_A_HISTORY;
      for (int i = 0; i < histories; i++) {
        play(FIRST_SEED + i);
      }
    } finally {
      System.clearProperty("zookeeper.extendedTypesEnabled");
    }
  }

  void play(long seed) throws Exception {
    if (folder == null) {
      throw new AssertionError("no folder");
    }
    try (SideBySide both =
        new SideBySide(Files.createDirectory(folder.resolve("history-" + seed)))) {
      try {
        play(new Story(new Random(seed)), both);
      } catch (Exception | AssertionError e) {
        List<String> told = both.told();
        throw new AssertionError(
            "-Dseed=" + seed + ": " + e.getMessage() + "\nThe history:\n" + String.join("\n", told),
            e);
      }
    }
  }

  private static void play(Story story, SideBySide both) throws Exception {
    int operations = 0;
    while (operations < OPERATIONS_A_HISTORY) {
      Story.Turn turn = story.next(both.writes());
      List<List<Heard>> heard = both.play(turn.steps());
      for (int i = 0; i < heard.size(); i++) {
        story.learn(turn.steps().get(i), turn.paths().get(i), heard.get(i));
        operations += turn.steps().get(i) instanceof Step.Ask ? 1 : 0;
      }
    }
  }
}
