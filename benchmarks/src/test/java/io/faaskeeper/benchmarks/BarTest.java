package io.faaskeeper.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BarTest {
  @Test
  void readHasToBeBelowAThird() {
    assertTrue(onlyBar(Operation.GET_DATA, 100, 33).passed());
    assertFalse(onlyBar(Operation.GET_DATA, 99, 33).passed());
    assertFalse(onlyBar(Operation.EXISTS, 100, 34).passed());
  }

  @Test
  void writeHasToBeBelowTheWhole() {
    assertTrue(onlyBar(Operation.CREATE, 100, 99).passed());
    assertFalse(onlyBar(Operation.DELETE, 100, 100).passed());
  }

  @Test
  void readBehindAGatewayMayTakeATenthMore() {
    assertTrue(behindGateway(Operation.GET_DATA, 109).get(0).passed());
    assertFalse(behindGateway(Operation.GET_DATA, 111).get(0).passed());
    assertEquals(List.of(), behindGateway(Operation.CREATE, 1));
  }

  private static List<Bar> behindGateway(Operation operation, double median) {
    return Bar.of(
        new Comparison(
            List.of(
                measurement(operation, TargetKind.SINGLE, 100),
                measurement(operation, TargetKind.GATEWAY, median))));
  }

  @Test
  void nothingToCompareWithIsNoBar() {
    Comparison alone =
        new Comparison(
            List.of(
                measurement(Operation.SET_DATA, TargetKind.MEMORY, 5),
                measurement(Operation.SET_DATA, TargetKind.ENSEMBLE, 50)));
    assertEquals(List.of(), Bar.of(alone));
  }

  @Test
  void watchHasNone() {
    assertEquals(List.of(), Bar.of(both(Operation.WATCH, 1, 2)));
  }

  private static Bar onlyBar(Operation operation, double single, double memory) {
    List<Bar> bars = Bar.of(both(operation, single, memory));
    assertEquals(1, bars.size());
    return bars.get(0);
  }

  private static Comparison both(Operation operation, double single, double memory) {
    return new Comparison(
        List.of(
            measurement(operation, TargetKind.SINGLE, single),
            measurement(operation, TargetKind.MEMORY, memory)));
  }

  private static Measurement measurement(Operation operation, TargetKind target, double median) {
    return new Measurement(operation, target, 1, median, median, median, median);
  }
}
