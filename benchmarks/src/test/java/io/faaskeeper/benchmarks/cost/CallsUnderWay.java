package io.faaskeeper.benchmarks.cost;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Knows how many calls of ports have not ended. A call ends when who waits for it was told, so that
 * the call that follows from it has begun by then. Thread-safe.
 */
final class CallsUnderWay {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private int underWay;

  /** A port whose calls are watched. */
  <T> T watched(Class<T> port, T implementation) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> call(implementation, method, arguments)));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // who called the port gets it
  private @Nullable Object call(Object port, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    begin();
    try {
      Object result = method.invoke(port, arguments);
      if (result instanceof CompletionStage<?> stage) {
        return told(stage);
      }
      throw new IllegalStateException(method + " is no asynchronous call");
    } catch (InvocationTargetException e) {
      end();
      throw e.getCause();
    }
  }

  private <V> CompletableFuture<V> told(CompletionStage<V> stage) {
    CompletableFuture<V> told = new CompletableFuture<>();
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure != null) {
                told.completeExceptionally(failure);
              } else {
                told.complete(value);
              }
              end();
            });
    return told;
  }

  private synchronized void begin() {
    underWay++;
  }

  private synchronized void end() {
    underWay--;
    notifyAll();
  }

  synchronized boolean none() {
    return underWay == 0;
  }

  /** Waits until there is none. */
  synchronized void awaitNone() throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (underWay > 0) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException(underWay + " calls have not ended");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
