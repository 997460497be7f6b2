package io.faaskeeper.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void durationsHaveAboutThreeDigits() {
    assertEquals("7.25 us", Table.duration(7.25));
    assertEquals("118 us", Table.duration(118.4));
    assertEquals("1.04 ms", Table.duration(1_040));
    assertEquals("62.5 ms", Table.duration(62_500));
    assertEquals("7.10 s", Table.duration(7_099_000));
  }

  @Test
  void rowsOfOneOperationAreComparedWithRealServers() {
    Comparison comparison =
        new Comparison(
            List.of(
                new Measurement(Operation.EXISTS, TargetKind.SINGLE, 10, 100, 110, 90, 105),
                new Measurement(Operation.EXISTS, TargetKind.MEMORY, 20, 12.5, 20, 11, 13)));
    assertEquals(
        """
        operation  target                             median          iterations        p99  samples  x single  x ensemble
        exists     ZooKeeper, one server              100 us    90.0 us - 105 us     110 us       10      1.00           -
                   FaaSKeeper, in memory             12.5 us   11.0 us - 13.0 us    20.0 us       20      0.13           -
        """,
        Table.of(comparison));
  }
}
