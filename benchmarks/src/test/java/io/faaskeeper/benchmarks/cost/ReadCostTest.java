package io.faaskeeper.benchmarks.cost;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What reads, watches and a lease cost a client; the functions have no part in it. */
class ReadCostTest {
  private static final int KIBIBYTE = 1024;
  private static final CostRig RIG = new CostRig("reads", 1);
  private static final CostSession WRITING = RIG.newProcess();
  private static final CostSession READING = RIG.newProcess();

  @BeforeAll
  static void warmUp() throws InterruptedException, TimeoutException {
    WRITING.create("/node", KIBIBYTE);
    RIG.settle();
    READING.getData("/node", false);
  }

  @AfterAll
  static void close() {
    RIG.close();
  }

  @Test
  void getDataOfAnUnchangedNode() throws InterruptedException, TimeoutException {
    RIG.measure(() -> READING.getData("/node", false)).assertOfClients(1, 1, 0);
  }

  @Test
  void getDataOfAnAbsentNode() throws InterruptedException, TimeoutException {
    RIG.measure(() -> READING.getDataOfNothing("/absent")).assertOfClients(1, 1, 0);
  }

  @Test
  void watchThatIsArmedFirstAndAgain() throws InterruptedException, TimeoutException {
    WRITING.create("/watched", KIBIBYTE);
    RIG.settle();
    READING.getData("/watched", false);

    RIG.measure(() -> READING.getData("/watched", true)).assertOfClients(1, 0, 2);
    for (int event = 1; event <= 3; event++) {
      WRITING.setData("/watched", KIBIBYTE);
      READING.awaitEvents(event);
      RIG.measure(() -> READING.getData("/watched", true)).assertOfClients(1, 1, 0);
    }
  }
}
