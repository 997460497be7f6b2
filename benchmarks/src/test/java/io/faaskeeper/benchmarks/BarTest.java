package io.faaskeeper.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.faaskeeper.benchmarks.targets.Disk;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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

  @Test
  void aRunWithoutBarsClearsNone() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(2, verdict(both(Operation.WATCH, 2, 1), out));
    assertTrue(out.toString(UTF_8).startsWith("Nothing was compared"));
    assertEquals(0, verdict(both(Operation.CREATE, 2, 1), out));
    assertEquals(1, verdict(both(Operation.CREATE, 1, 2), out));
  }

  private static int verdict(Comparison comparison, ByteArrayOutputStream out) {
    Report report =
        Report.of(new Machine(1, 0, "java"), new Disk("f", "t", "d", 1), true, comparison);
    return BenchMain.verdict(report, new PrintStream(out, true, UTF_8));
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
