package io.faaskeeper.operations.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.operations.Told;
import io.faaskeeper.operations.cost.MeasuredUnits.Sized;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CostTest {
  private static final double CENT = 0.01;

  /** One million setData of 1 KiB in a month, nobody connected: six write units each. */
  @Test
  void unitsComeFromWhatWasMeasured() throws IOException {
    MeasuredUnits measured = MeasuredUnits.of("key-value");
    Units set = measured.of(Sized.SET_DATA, 1_024);
    assertEquals(6, set.writeUnits());
    Workload million = new Workload(0, 1e6 * 24 / Bill.HOURS, 0, 1_024, 0, 30, 0);
    Bill bill = Bill.of(million, measured, Prices.read());
    assertEquals(6 * 0.625, bill.items().getOrDefault("DynamoDB, requests", 0.0), CENT);
    assertEquals(3 * 0.50, bill.items().getOrDefault("SQS, messages", 0.0), CENT);
    assertEquals(0.20, bill.items().getOrDefault("Lambda, requests", 0.0), CENT);
    assertEquals(0, bill.items().getOrDefault("DynamoDB, leases", 1.0));
    assertEquals(
        set.trips() * 1e6 * 0.008 * 2 * 0.0000166667,
        bill.items().getOrDefault("Lambda, compute", 0.0),
        CENT);
  }

  /** Data of 16 KiB lies in the bucket with both, of 1 KiB with one of them. */
  @Test
  void dataInABucketIsBilledByS3() throws IOException {
    Workload large = new Workload(1e6 * 24 / Bill.HOURS, 0, 0, 16_384, 0, 30, 10);
    Workload small = new Workload(1e6 * 24 / Bill.HOURS, 0, 0, 1_024, 0, 30, 10);
    for (String storage : List.of("persistent", "hybrid")) {
      Map<String, Double> items = items(large, storage);
      assertEquals(0.40, items.getOrDefault("S3, requests", 0.0), CENT);
      assertEquals(0.23, items.getOrDefault("S3, stored", 0.0), CENT);
      assertEquals(0, items.getOrDefault("DynamoDB, stored", 1.0), CENT);
    }
    assertEquals(0.23, items(small, "persistent").getOrDefault("S3, stored", 0.0), CENT);
    for (String storage : List.of("key-value", "hybrid")) {
      Map<String, Double> items = items(small, storage);
      assertEquals(0, items.getOrDefault("S3, requests", 1.0), CENT);
      assertEquals(0, items.getOrDefault("S3, stored", 1.0), CENT);
      assertEquals(2.50, items.getOrDefault("DynamoDB, stored", 0.0), CENT);
    }
  }

  private static Map<String, Double> items(Workload work, String storage) throws IOException {
    return Bill.of(work, MeasuredUnits.of(storage), Prices.read()).items();
  }

  /** Five pollers look every 20 seconds, whoever is connected: 657,000 requests. */
  @Test
  void theQueueIsPolledAlsoWhileNobodyIsThere() throws IOException {
    Workload nothing = new Workload(0, 0, 0, 1_024, 0, 30, 0);
    Bill bill = Bill.of(nothing, MeasuredUnits.of("key-value"), Prices.read());
    assertEquals(0.33, bill.items().getOrDefault("SQS, polling, also while idle", 0.0), CENT);
    assertEquals(0.33, bill.total(), CENT);
  }

  @Test
  void betweenMeasuredSizesItIsInterpolated() throws IOException {
    MeasuredUnits measured = MeasuredUnits.of("key-value");
    double small = measured.of(Sized.SET_DATA, 16_384).writeUnits();
    double large = measured.of(Sized.SET_DATA, 65_536).writeUnits();
    assertTrue(small < large);
    assertEquals((small + large) / 2, measured.of(Sized.SET_DATA, 40_960).writeUnits(), CENT);
    assertTrue(
        measured.of(Sized.SET_DATA, 1 << 20).writeUnits()
            > measured.of(Sized.SET_DATA, 1_000_000).writeUnits());
  }

  @Test
  void atTheBreakEvenBothCostTheSame() throws IOException {
    MeasuredUnits measured = MeasuredUnits.of("key-value");
    Workload work = new Workload(90_000, 10_000, 1_000, 1_024, 10, 30, 0.1);
    double factor = Bill.breakEven(work, measured, Prices.read(), 45.55);
    assertEquals(45.55, Bill.of(work.times(factor), measured, Prices.read()).total(), CENT);
    assertEquals(0, Bill.breakEven(work, measured, Prices.read(), 0));
  }

  @Test
  void printsTheBillBesideThreeServers() {
    Told told = Told.by(CostMain.command(), "--reads", "90000", "--writes", "10000", "--prices");
    told.assertDone("user-storage key-value");
    assertTrue(told.out().contains("user-storage persistent"), told.out());
    assertTrue(told.out().contains("user-storage hybrid"), told.out());
    assertTrue(told.out().contains("t3.small                                   45.55"), told.out());
    assertTrue(told.out().contains("dynamodb-write     0.625 USD per 1,000,000"), told.out());
    Told.by(CostMain.command(), "--size", "2000000").assertFailed(2, "--size is 0 to");
    Told.by(CostMain.command(), "--reads", "0", "--writes", "0").assertFailed(2, "must be there");
    Told.by(CostMain.command(), "--reads", "-1").assertFailed(2, "--reads is 0 to");
    Told.by(CostMain.command(), "--stored", "Infinity").assertFailed(2, "--stored is 0 to");
    Told.by(CostMain.command(), "--timeout", "0").assertFailed(2, "--timeout is 1 second or more");
  }
}
