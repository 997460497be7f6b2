package io.faaskeeper.client;

import io.faaskeeper.port.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Makes every call to a port take a random time on its way there and back, so that calls overtake
 * each other, and some fail, before or after they took effect.
 */
final class Chaos {
  private final VirtualTime time;
  private final Random random;
  private final double failureShare;

  Chaos(VirtualTime time, Random random, double failureShare) {
    this.time = time;
    this.random = random;
    this.failureShare = failureShare;
  }

  /** Mostly short, sometimes long, rarely very long. */
  Duration delay() {
    double x = random.nextDouble();
    if (x < 0.3) {
      return Duration.ZERO;
    }
    if (x < 0.985) {
      return Duration.ofNanos(1_000L * random.nextInt(4_000));
    }
    return x < 0.9985
        ? Duration.ofMillis(random.nextInt(300))
        : Duration.ofMillis(random.nextInt(5_000));
  }

  <T> T wrap(Class<T> type, T port) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                CompletionStage.class.isAssignableFrom(method.getReturnType())
                    ? delayed(port, method, args)
                    : method.invoke(port, args)));
  }

  private CompletionStage<Object> delayed(Object port, Method method, Object[] args) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    time.schedule(
        delay(),
        () -> {
          if (random.nextDouble() < failureShare) {
            fail(result, method);
          } else {
            call(port, method, args)
                .whenComplete(
                    (value, failure) ->
                        time.schedule(delay(), () -> end(result, value, failure, method)));
          }
        });
    return result;
  }

  private static CompletionStage<?> call(Object port, Method method, Object[] args) {
    try {
      return (CompletionStage<?>) method.invoke(port, args);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new LinkageError("a port can't be called", e);
    }
  }

  private void end(
      CompletableFuture<Object> result, Object value, Throwable failure, Method method) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (random.nextDouble() < failureShare) {
      fail(result, method);
    } else {
      result.complete(value);
    }
  }

  private static void fail(CompletableFuture<Object> result, Method method) {
    result.completeExceptionally(new IllegalStateException("injected: " + method.getName()));
  }
}
