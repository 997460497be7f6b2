package io.faaskeeper.benchmarks.cost;

import io.faaskeeper.aws.CallMeter;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Counts what S3 bills of all clients of this JVM; it bills no deletion. The SDK finds it on the
 * class path. Objects are put by functions only, which wait for it: that is a trip of theirs.
 */
public final class ObjectCalls implements ExecutionInterceptor {
  private static final AtomicInteger PUTS = new AtomicInteger();
  private static final AtomicInteger GETS = new AtomicInteger();
  private static volatile @Nullable CallMeter functions;

  /** Made by the SDK. */
  public ObjectCalls() {}

  /** Whose trips the puts are from now on. */
  static void countFor(CallMeter functionMeter) {
    functions = functionMeter;
  }

  static void reset() {
    PUTS.set(0);
    GETS.set(0);
  }

  static int puts() {
    return PUTS.get();
  }

  static int gets() {
    return GETS.get();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    CallMeter meter = functions;
    if (context.request() instanceof GetObjectRequest) {
      GETS.incrementAndGet();
    } else if (context.request() instanceof PutObjectRequest && meter != null) {
      PUTS.incrementAndGet();
      meter.beforeExecution(context, attributes);
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    CallMeter meter = functions;
    if (context.request() instanceof PutObjectRequest && meter != null) {
      meter.afterExecution(context, attributes);
    }
  }
}
