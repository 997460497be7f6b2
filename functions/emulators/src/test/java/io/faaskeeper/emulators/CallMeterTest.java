package io.faaskeeper.emulators;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.faaskeeper.aws.AwsPorts;
import io.faaskeeper.aws.CallCounts;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.port.Stages;
import io.faaskeeper.port.Watermarks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

class CallMeterTest {
  private final CallMeter meter = new CallMeter();
  private final Together together = new Together();
  private final AwsPorts ports = Local.ports(Local.clients(meter, together), Local.deployment());
  private final Watermarks watermarks = ports.watermarks();

  /**
   * Calls end only when all those that are to be at once have begun: else the first may be over
   * before the second begins. What comes later in the list of interceptors sees an end earlier.
   */
  private static final class Together implements ExecutionInterceptor {
    private static final long LIMIT_SECONDS = 30;

    private volatile CountDownLatch begun = new CountDownLatch(0);

    /** So many calls from now on are to be at once. */
    void next(int calls) {
      begun = new CountDownLatch(calls);
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      begun.countDown();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      try {
        if (!begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("the other calls did not begin");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A call that ends keeps its thread until the other begins, and, if it ends early, the thread
   * that began it, too.
   */
  private CompletableFuture<?> readOnItsThread() {
    return CompletableFuture.supplyAsync(watermarks::read).thenCompose(Function.identity());
  }

  @Test
  void callsAtOnceAreOneTrip() {
    together.next(2);
    CompletionStage<?> one = readOnItsThread();
    CompletionStage<?> two = readOnItsThread();
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
                w -> {
                  together.next(2);
                  return CompletableFuture.allOf(readOnItsThread(), readOnItsThread());
                })
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
    Stages.await(watermarks.switchOn());
    Stages.await(ports.nodes().read("/", true));

    CallCounts counts = meter.snapshot();

    assertEquals(3, counts.byCall().size());
    assertEquals(new CallCounts.Tally(3, 0, 2, 1), counts.total());
    assertEquals(new CallCounts.Tally(6, 0, 4, 2), counts.plus(counts).total());
  }
}
