package io.faaskeeper.port;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Waits for stages, at most half a minute: a stage that never completes fails the test. */
public final class Stages {
  private static final int SECONDS = 30;

  private Stages() {}

  /** What the stage completes with; what it fails with is thrown. */
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the stage failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Checks that the stage fails with an exception of this class. */
  public static <T extends Throwable> T awaitFailure(
      Class<T> expected, CompletionStage<? extends @Nullable Object> stage) {
    try {
      Object value = stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
      return fail("no failure, but " + value);
    } catch (ExecutionException e) {
      return assertInstanceOf(expected, e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Runs all of them, a bounded number at a time. */
  public static void awaitAll(
      int atOnce, Stream<Supplier<CompletionStage<? extends @Nullable Object>>> calls) {
    Queue<CompletionStage<? extends @Nullable Object>> running = new ArrayDeque<>();
    calls.forEachOrdered(
        call -> {
          if (running.size() == atOnce) {
            await(running.remove());
          }
          running.add(call.get());
        });
    running.forEach(Stages::await);
  }
}
