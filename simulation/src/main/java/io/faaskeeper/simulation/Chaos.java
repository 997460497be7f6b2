package io.faaskeeper.simulation;

import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.VirtualTime;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes every call to a port take a random time on its way there and back, so that calls overtake
 * each other; some fail, before or after they took effect, and some are the last that their machine
 * makes, or the last for a while.
 */
final class Chaos {
  private final VirtualTime time;
  private final Random random;
  private final Timeline timeline;
  private final int maxFaults;
  private final Map<Class<?>, Long> throttledUntil = new HashMap<>();
  private int faults;
  private boolean healed;

  /**
   * @param maxFaults after so many nothing goes wrong any more; up to there the history is the same
   *     whatever this is
   */
  Chaos(VirtualTime time, Random random, Timeline timeline, int maxFaults) {
    this.time = time;
    this.random = random;
    this.timeline = timeline;
    this.maxFaults = maxFaults;
  }

  /** From now on nothing goes wrong any more. */
  void heal() {
    healed = true;
  }

  /** How often something went wrong. */
  int faults() {
    return faults;
  }

  /** Whether something happens that has this share. */
  boolean happens(double share) {
    if (healed || share <= 0 || random.nextDouble() >= share || faults == maxFaults) {
      return false;
    }
    faults++;
    return true;
  }

  boolean happens(Fault fault, Profile profile) {
    return happens(profile.share(fault));
  }

  /** Mostly short, sometimes long, rarely very long. */
  Duration delay(double slow) {
    double x = random.nextDouble();
    if (x < 0.3 || healed) {
      return Duration.ZERO;
    }
    if (x < 0.985) {
      return Duration.ofNanos(1_000L * random.nextInt(4_000));
    }
    return Duration.ofMillis(random.nextInt(x < 1 - slow ? 300 : 5_000));
  }

  /** The clocks of a new machine. */
  Machine.Clocks clocks(double drift) {
    return new Machine.Clocks(
        1 + drift * (2 * random.nextDouble() - 1),
        random.nextLong() >> 2,
        drift == 0 ? 0 : random.nextInt(600_000) - 300_000,
        false);
  }

  <T> T wrap(Class<T> type, T port, Machine machine) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                CompletionStage.class.isAssignableFrom(method.getReturnType())
                    ? delayed(port, method, toWorld(args, machine), machine)
                    : invoke(port, method, args)));
  }

  private static Object @Nullable [] toWorld(Object @Nullable [] args, Machine machine) {
    if (args != null && args.length > 0 && args[args.length - 1] instanceof Deadline deadline) {
      Object[] changed = args.clone();
      changed[args.length - 1] = machine.toWorld(deadline);
      return changed;
    }
    return args;
  }

  /** A call without an answer: late, and lost if its machine is dead by then. */
  void later(Machine machine, Runnable task) {
    time.schedule(delay(machine.risks.share(Fault.SLOW)), () -> machine.awake(task));
  }

  private CompletionStage<Object> delayed(
      Object port, Method method, Object @Nullable [] args, Machine machine) {
    CompletableFuture<Object> result = new CompletableFuture<>();
    later(
        machine,
        () -> {
          strike(machine, method);
          if (machine.isDead()) {
            return;
          }
          if (machine.isCut()
              || isThrottled(method, machine)
              || happens(Fault.FAILURE, machine.risks)) {
            fail(result, method, machine, "before");
          } else {
            machine.awake(() -> make(port, method, args, machine, result));
          }
        });
    return result;
  }

  private boolean isThrottled(Method method, Machine machine) {
    Class<?> port = method.getDeclaringClass();
    if (happens(Fault.THROTTLE, machine.risks)) {
      timeline.add(port.getSimpleName(), "is throttled");
      throttledUntil.put(port, time.nanoTime() + 1_000_000L * random.nextInt(2_000));
    }
    return !healed && time.nanoTime() < throttledUntil.getOrDefault(port, 0L);
  }

  private void make(
      Object port,
      Method method,
      Object @Nullable [] args,
      Machine machine,
      CompletableFuture<Object> result) {
    ((CompletionStage<?>) invoke(port, method, args))
        .whenComplete(
            (value, failure) -> {
              strike(machine, method);
              later(machine, () -> end(result, value, failure, method, machine));
            });
  }

  private void end(
      CompletableFuture<Object> result,
      @Nullable Object value,
      @Nullable Throwable failure,
      Method method,
      Machine machine) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else if (machine.isCut() || happens(Fault.FAILURE, machine.risks)) {
      fail(result, method, machine, "after");
    } else {
      result.complete(value);
    }
  }

  private void strike(Machine machine, Method method) {
    if (happens(Fault.CRASH, machine.risks)) {
      timeline.add(machine.name, "dies at " + method.getName());
      machine.die();
    } else if (happens(Fault.FREEZE, machine.risks)) {
      Duration duration = Duration.ofMillis(1 + random.nextInt(60_000));
      timeline.add(
          machine.name, "stands still for " + duration.toMillis() + " ms at " + method.getName());
      machine.freeze(duration);
    }
  }

  private void fail(CompletableFuture<Object> result, Method method, Machine machine, String when) {
    if (!machine.isCut()) {
      timeline.add(machine.name, method.getName() + " fails, " + when + " its effect");
    }
    machine.failed();
    result.completeExceptionally(new IllegalStateException("injected: " + method.getName()));
  }

  private static Object invoke(Object port, Method method, Object @Nullable [] args) {
    try {
      return method.invoke(port, args);
    } catch (InvocationTargetException | IllegalAccessException e) {
      throw new LinkageError("a port can't be called", e);
    }
  }
}
