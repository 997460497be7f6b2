package io.faaskeeper.emulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.CallCounts;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.Watermarks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class CallMeterTest {
  private final CallMeter meter = new CallMeter();
  private final AwsPorts ports = Local.ports(Local.clients(meter), Local.deployment());
  private final Watermarks watermarks = ports.watermarks();

  @Test
  void callsAtOnceAreOneTrip() {
    CompletionStage<?> one = watermarks.read();
    CompletionStage<?> two = watermarks.read();
    Stages.await(one);
    Stages.await(two);

    assertEquals(2, meter.snapshot().total().calls());
    assertEquals(1, meter.snapshot().trips());
  }

  @Test
  void aCallThatFollowsAnotherIsOneTripMore() {
    Stages.await(
        watermarks
            .read()
            .thenCompose(
                w ->
                    CompletableFuture.allOf(
                        watermarks.read().toCompletableFuture(),
                        watermarks.read().toCompletableFuture()))
            .thenCompose(w -> watermarks.read()));

    assertEquals(4, meter.snapshot().total().calls());
    assertEquals(3, meter.snapshot().trips());
  }

  @Test
  void tripsBeforeTheFirstAnswerAreToldApart() {
    Stages.await(watermarks.read());
    Stages.await(watermarks.read());
    assertEquals(2, meter.snapshot().tripsBeforeAnswer());
    meter.answerPushed();
    Stages.await(watermarks.read());
    meter.answerPushed();

    assertEquals(2, meter.snapshot().tripsBeforeAnswer());
    assertEquals(3, meter.snapshot().trips());
  }

  @Test
  void aResetForgetsAll() {
    Stages.await(watermarks.read());
    meter.answerPushed();
    CallCounts before = meter.snapshot();

    meter.reset();

    assertEquals(1, before.total().calls());
    assertEquals(0, meter.snapshot().total().calls());
    assertEquals(0, meter.snapshot().trips());
    Stages.await(watermarks.read());
    assertEquals(1, meter.snapshot().tripsBeforeAnswer());
  }

  @Test
  void callsAreCountedByOperationAndTable() {
    Stages.await(watermarks.read());
    Stages.await(watermarks.setHeartbeat(true));
    Stages.await(ports.nodes().read("/", true));

    CallCounts counts = meter.snapshot();

    assertEquals(3, counts.byCall().size());
    assertEquals(new CallCounts.Tally(3, 0, 2, 1), counts.total());
    assertEquals(new CallCounts.Tally(6, 0, 4, 2), counts.plus(counts).total());
  }
}
