package io.faaskeeper.benchmarks.cost;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What processes cost that do nothing but live. */
class LeaseCostTest {
  private static final Duration RENEWAL = Duration.ofMillis(CostRig.TIMEOUT_MILLIS / 3);
  private static final int RENEWALS = 6;

  /** The row, the watermark and the other processes. */
  private static final int CALLS = 3;

  @Test
  void renewalWhenNothingHappens() throws InterruptedException, TimeoutException {
    try (CostRig rig = new CostRig("idle", 1)) {
      CostSession unused = rig.newProcess();

      for (int i = 0; i < RENEWALS; i++) {
        rig.measure(() -> rig.time().advance(RENEWAL)).assertOfClients(CALLS, 2, 1);
      }
    }
  }

  @Test
  void renewalWhenAnotherProcessWrites() throws InterruptedException, TimeoutException {
    try (CostRig rig = new CostRig("lease", 1)) {
      CostSession unused = rig.newProcess();
      CostSession writing = rig.newProcess();
      writing.create("/node", 1024);
      for (int i = 0; i < RENEWALS; i++) {
        writing.setData("/node", 1024);

        Cost ofBoth = rig.measure(() -> rig.time().advance(RENEWAL));

        // The idle one reads its mailbox, too. The other was told of its own writes.
        ofBoth.assertOfClients(CALLS + CALLS + 1, 3 + 2, 1 + 1);
      }
    }
  }
}
