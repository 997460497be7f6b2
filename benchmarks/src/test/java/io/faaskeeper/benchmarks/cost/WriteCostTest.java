package io.faaskeeper.benchmarks.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.client.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.zookeeper.CreateMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a write of 1,024 bytes costs with a warm writer, nobody watching. */
class WriteCostTest {
  private static final int KIBIBYTE = 1024;
  private static final int REPETITIONS = 5;
  private static final CostRig RIG = new CostRig("writes", 1);
  private static final CostSession SESSION = RIG.newProcess();

  @BeforeAll
  static void warmUp() {
    SESSION.create("/node", KIBIBYTE);
    SESSION.setData("/node", KIBIBYTE);
  }

  @AfterAll
  static void close() {
    RIG.close();
  }

  @Test
  void setData() throws InterruptedException, TimeoutException {
    Trips trips = new Trips();
    for (int i = 0; i < REPETITIONS; i++) {
      Cost cost = RIG.measure(() -> SESSION.setData("/node", KIBIBYTE));

      cost.assertWrite(0, 6);
      trips.add(cost);
    }
    trips.assertFewest(2, 3);
  }

  @Test
  void create() throws InterruptedException, TimeoutException {
    assertCreation(CreateMode.PERSISTENT, 8);
    assertCreation(CreateMode.PERSISTENT_SEQUENTIAL, 8);
    assertCreation(CreateMode.CONTAINER, 8);
  }

  @Test
  void createOfWhatIsFoundByItsOwner() throws InterruptedException, TimeoutException {
    assertCreation(CreateMode.EPHEMERAL, 9);
    assertCreation(CreateMode.EPHEMERAL_SEQUENTIAL, 9);
    assertCreation(CreateMode.PERSISTENT_WITH_TTL, 9);
  }

  private static void assertCreation(CreateMode mode, double writeUnits)
      throws InterruptedException, TimeoutException {
    Trips trips = new Trips();
    for (int i = 0; i < REPETITIONS; i++) {
      String path = "/create-" + mode + i;
      Cost cost = RIG.measure(() -> SESSION.create(path, KIBIBYTE, mode));

      cost.assertWrite(1, writeUnits);
      trips.add(cost);
    }
    trips.assertFewest(3, 4);
  }

  /** The tombstone in the parent is removed by the next write, and belongs to the delete. */
  @Test
  void delete() throws InterruptedException, TimeoutException {
    Trips trips = new Trips();
    Trips tripsOfNext = new Trips();
    for (int i = 0; i < REPETITIONS; i++) {
      SESSION.create("/delete", KIBIBYTE);

      Cost deletion = RIG.measure(() -> SESSION.delete("/delete"));
      Cost next = RIG.measure(() -> SESSION.setData("/node", KIBIBYTE));

      deletion.assertWrite(0, 7);
      next.assertWrite(0, 6 + 1);
      trips.add(deletion);
      tripsOfNext.add(next);
    }
    trips.assertFewest(2, 3);
    tripsOfNext.assertFewest(2, 3);
  }

  @Test
  void tenSetDataInOneRecord() throws InterruptedException, TimeoutException {
    for (int i = 0; i < 10; i++) {
      SESSION.create("/one-of-ten-" + i, KIBIBYTE);
    }
    List<CompletionStage<Reply>> replies = new ArrayList<>();

    Cost cost =
        RIG.measure(
            () -> {
              RIG.inOneBatch(
                  () -> {
                    for (int i = 0; i < 10; i++) {
                      replies.add(SESSION.submitSetData("/one-of-ten-" + i, KIBIBYTE));
                    }
                  },
                  2);
              replies.forEach(reply -> CostSession.expectOk(CostSession.await(reply)));
            });

    assertEquals(0, cost.readUnits(), cost::toString);
    assertTrue(cost.writeUnits() <= 10 * 3.5, cost::toString);
  }
}
