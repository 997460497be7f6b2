package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What it costs that many write at once. */
class ContentionCostTest {
  private static final int KIBIBYTE = 1024;
  private static final int PROCESSES = 10;
  private static final int WRITES_OF_EACH = 30;
  private static final double LIMIT = 1.5;

  /** Of a write by one process, whose writer is not disturbed; see {@link WriteCostTest}. */
  private static final double UNITS_ALONE = 6;

  @Test
  void tenProcessesWritingWithoutPause() throws InterruptedException, TimeoutException {
    try (CostRig rig = new CostRig("contention", 3)) {
      List<CostSession> sessions = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        sessions.add(rig.newProcess());
        sessions.get(i).create(node(i), KIBIBYTE);
      }
      writeAll(sessions, 3);
      Cost together = rig.measure(() -> writeAll(sessions, WRITES_OF_EACH));

      assertTrue(
          together.units() <= LIMIT * UNITS_ALONE * PROCESSES * WRITES_OF_EACH, together::toString);
    }
  }

  private static String node(int i) {
    return "/of-" + i;
  }

  private static void writeAll(List<CostSession> sessions, int writes) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      all.add(write(sessions.get(i), node(i), writes).toCompletableFuture());
    }
    CostSession.await(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)));
  }

  /** Each as soon as the one before is answered. */
  private static CompletionStage<Void> write(CostSession session, String path, int writes) {
    if (writes == 0) {
      return CompletableFuture.completedStage(null);
    }
    return session
        .submitSetData(path, KIBIBYTE)
        .thenAccept(CostSession::expectOk)
        .thenCompose(done -> write(session, path, writes - 1));
  }
}
