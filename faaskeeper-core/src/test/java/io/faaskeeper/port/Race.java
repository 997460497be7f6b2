package io.faaskeeper.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls that begin at the same moment, each on a thread of its own. */
public final class Race {
  private Race() {}

  /** The results of {@code runners} calls, in the order of their numbers, which begin at 0. */
  public static <T extends @Nullable Object> List<T> run(int runners, IntFunction<T> call) {
    return run(
        IntStream.range(0, runners).<Callable<T>>mapToObj(i -> () -> call.apply(i)).toList());
  }

  /** The results of the calls, in their order. */
  public static <T extends @Nullable Object> List<T> run(List<Callable<T>> calls) {
    ExecutorService threads = Executors.newFixedThreadPool(calls.size());
    try {
      CyclicBarrier start = new CyclicBarrier(calls.size());
      List<Callable<T>> together = new ArrayList<>();
      for (Callable<T> call : calls) {
        together.add(
            () -> {
              start.await();
              return call.call();
            });
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(together)) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a call failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
