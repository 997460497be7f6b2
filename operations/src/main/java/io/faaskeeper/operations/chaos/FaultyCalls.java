package io.faaskeeper.operations.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Makes calls of the SDK come late, fail before they are sent, or seem to have failed after they
 * took effect. In a function, which finds it as a global interceptor, as long as there is the file
 * {@value #SWITCH} in the folder where it runs; thread-safe.
 */
public final class FaultyCalls implements ExecutionInterceptor {
  static final String SWITCH = "faults-are-on";

  /** Rare, since each of a writer's blocks a group of its queue for a visibility time-out. */
  private static final double NOT_SENT = 0.0005;

  private static final double ANSWER_LOST = 0.004;
  private static final double LATE = 0.03;
  private static final double VERY_LATE = 0.001;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int FAILED = 500;

  private final Path file;
  private volatile long lookedNanos = System.nanoTime() - LOOK_NANOS;
  private volatile boolean on;

  /** In a function's sandbox. */
  public FaultyCalls() {
    this(Path.of(SWITCH));
  }

  FaultyCalls(Path file) {
    this.file = file;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (happens(NOT_SENT)) {
      throw SdkClientException.create("injected: not sent");
    }
    if (happens(LATE)) {
      pause(200);
    } else if (happens(VERY_LATE)) {
      pause(3_000);
    }
  }

  /** The SDK repeats such a call; the service finds that it was done. */
  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return happens(ANSWER_LOST)
        ? context.httpResponse().toBuilder().statusCode(FAILED).build()
        : context.httpResponse();
  }

  private static void pause(int maxMillis) {
    int millis = 1 + ThreadLocalRandom.current().nextInt(maxMillis);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private boolean happens(double share) {
    long now = System.nanoTime();
    if (now - lookedNanos > LOOK_NANOS) {
      lookedNanos = now;
      on = Files.exists(file);
    }
    return on && ThreadLocalRandom.current().nextDouble() < share;
  }
}
