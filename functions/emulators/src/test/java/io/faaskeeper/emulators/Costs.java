package io.faaskeeper.emulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.CallCounts;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.Stages;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ports on a deployment of their own, whose calls are counted. */
final class Costs {
  final AwsPorts ports;
  private final CallMeter meter = new CallMeter();

  Costs() {
    ports = Local.ports(Local.clients(meter), Local.deployment());
  }

  /** What calling this costs. */
  CallCounts of(Supplier<CompletionStage<? extends @Nullable Object>> call) {
    meter.reset();
    Stages.await(call.get());
    return meter.snapshot();
  }

  /** Checks that this is one call that writes. */
  void assertOneWrite(double units, Supplier<CompletionStage<? extends @Nullable Object>> call) {
    assertCosts(1, 0, units, of(call));
  }

  /** Checks that this is one call that reads. */
  void assertOneRead(double units, Supplier<CompletionStage<? extends @Nullable Object>> call) {
    assertCosts(1, units, 0, of(call));
  }

  static void assertCosts(long calls, double readUnits, double writeUnits, CallCounts counts) {
    assertEquals(new CallCounts.Tally(calls, 0, readUnits, writeUnits), counts.total());
  }
}
