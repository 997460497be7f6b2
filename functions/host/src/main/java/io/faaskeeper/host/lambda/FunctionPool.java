package io.faaskeeper.host.lambda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of one function. An invocation goes to the warm instance that was used last, else
 * to one that is starting, else to a new one, else it is throttled. An instance that exceeds the
 * time-out is killed; its invocation fails when the process has ended, never before.
 *
 * <p>Thread-safe: the lock guards the instances. Polls are answered and results completed on the
 * executor, never under the lock.
 */
final class FunctionPool {
  private static final Logger LOG = LoggerFactory.getLogger(FunctionPool.class);

  /** Lambda allows 10 s; several start at a time on a small machine here. */
  private static final int MAX_START_SECONDS = 60;

  private final FunctionSpec function;
  private final String runtimeApi;
  private final SandboxLauncher launcher;
  private final Executor executor;
  private final ScheduledExecutorService timers;
  private final Clock clock;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final CompletableFuture<Void> warm = new CompletableFuture<>();
  private long launches;
  private long uses;
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param runtimeApi where instances poll, without the instance's name
   */
  FunctionPool(
      FunctionSpec function,
      String runtimeApi,
      SandboxLauncher launcher,
      Executor executor,
      ScheduledExecutorService timers,
      Clock clock) {
    this.function = function;
    this.runtimeApi = runtimeApi;
    this.launcher = launcher;
    this.executor = executor;
    this.timers = timers;
    this.clock = clock;
  }

  FunctionSpec function() {
    return function;
  }

  synchronized List<InstanceStatus> instances() {
    return instances.values().stream().map(Instance::status).toList();
  }

  /** Completes with the first instance that polls, or fails with the first that ends before. */
  CompletionStage<Void> warm() {
    return warm;
  }

  /**
   * Starts an instance if there are fewer than are provisioned, and none that starts: one after the
   * other, so that the first is not slowed down.
   */
  synchronized void provision() {
    try {
      if (!closed
          && instances.size() < function.provisioned()
          && instances.values().stream().allMatch(Instance::isWarm)) {
        launch();
      }
    } catch (IOException e) {
      LOG.error("{} can't be provisioned", function.name(), e);
    }
  }

  CompletionStage<InvocationResult> invoke(byte[] payload) {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), payload, new CompletableFuture<>());
    synchronized (this) {
      try {
        Instance instance = choose();
        if (instance == null) {
          complete(invocation, new InvocationResult.Throttled());
        } else {
          instance.assign(invocation, ++uses);
          begin(instance);
        }
      } catch (IOException e) {
        LOG.error("{} can't be started", function.name(), e);
        byte[] error = ErrorPayload.notStarted(invocation.requestId(), String.valueOf(e));
        complete(invocation, new InvocationResult.Failed(error));
      }
    }
    return invocation.result();
  }

  /** An instance asks for its next invocation; false if there is no such instance (any more). */
  synchronized boolean next(String name, Poll poll) {
    Instance instance = instances.get(name);
    if (instance == null) {
      return false;
    }
    boolean first = !instance.isWarm();
    instance.polled(poll);
    begin(instance);
    if (first) {
      executor.execute(() -> warm.complete(null));
      provision();
    }
    return true;
  }

  /** An instance is done with an invocation; false if it was not working on it. */
  synchronized boolean finished(String name, String requestId, InvocationResult result) {
    Instance instance = instances.get(name);
    Invocation invocation = instance == null ? null : instance.finish(requestId);
    if (invocation == null) {
      return false;
    }
    complete(invocation, result);
    return true;
  }

  /** An instance could not load its handler, and is about to end. */
  synchronized boolean initFailed(String name, byte[] error) {
    Instance instance = instances.get(name);
    if (instance == null) {
      return false;
    }
    instance.condemn(error);
    return true;
  }

  /** Kills all instances; invocations under way fail. Returns when the processes have ended. */
  void close() {
    List<Process> processes;
    synchronized (this) {
      closed = true;
      processes = instances.values().stream().map(Instance::process).toList();
    }
    processes.forEach(Process::destroyForcibly);
    CompletableFuture.allOf(
            processes.stream().map(Process::onExit).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private @Nullable Instance choose() throws IOException {
    if (closed) {
      return null;
    }
    Instance best =
        instances.values().stream()
            .filter(Instance::isFree)
            .max(Comparator.comparing(Instance::isWarm).thenComparing(Instance::lastUse))
            .orElse(null);
    return best == null && instances.size() < function.concurrency() ? launch() : best;
  }

  private Instance launch() throws IOException {
    String name = function.name() + "-" + ++launches;
    Process process = launcher.launch(function, name, runtimeApi + "/" + name);
    Instance instance = new Instance(name, process);
    instances.put(name, instance);
    instance.limit(
        timers.schedule(() -> notStarted(instance), MAX_START_SECONDS, TimeUnit.SECONDS));
    var unused =
        process.onExit().thenAcceptAsync(ended -> exited(instance, ended.exitValue()), executor);
    return instance;
  }

  private void begin(Instance instance) {
    Invocation invocation = instance.current();
    Poll poll = instance.begin();
    if (invocation == null || poll == null) {
      return;
    }
    // Read first: what is told to end before a moment is not to be ended before it.
    Instant end = clock.instant().plus(function.timeout());
    instance.limit(
        timers.schedule(
            () -> timedOut(instance, invocation),
            function.timeout().toNanos(),
            TimeUnit.NANOSECONDS));
    executor.execute(() -> poll.answer(invocation, end));
  }

  private synchronized void notStarted(Instance instance) {
    if (!instance.isWarm()) {
      LOG.error("{} did not poll within {} s and is killed", instance.name(), MAX_START_SECONDS);
      instance.process().destroyForcibly();
    }
  }

  private synchronized void timedOut(Instance instance, Invocation invocation) {
    if (instance.isWorkingOn(invocation.requestId())) {
      double seconds = function.timeout().toMillis() / 1000.0;
      LOG.warn("{} timed out after {} s and is killed", instance.name(), seconds);
      instance.condemn(ErrorPayload.timedOut(invocation.requestId(), seconds));
      instance.process().destroyForcibly();
    }
  }

  private void exited(Instance instance, int status) {
    synchronized (this) {
      instances.remove(instance.name());
      Invocation left = instance.die();
      if (left != null) {
        byte[] cause = instance.causeOfDeath();
        byte[] error = cause == null ? ErrorPayload.exited(left.requestId(), status) : cause;
        complete(left, new InvocationResult.Failed(error));
      }
      if (closed) {
        return;
      }
      LOG.warn("{} ended with status {}", instance.name(), status);
      if (!instance.isWarm()) {
        failWarm(instance);
        return; // It would end again, for ever.
      }
    }
    provision();
  }

  private void failWarm(Instance instance) {
    byte[] cause = instance.causeOfDeath();
    String reason = cause == null ? "see its log" : new String(cause, StandardCharsets.UTF_8);
    executor.execute(
        () ->
            warm.completeExceptionally(
                new IllegalStateException(instance.name() + " did not start: " + reason)));
  }

  private void complete(Invocation invocation, InvocationResult result) {
    executor.execute(() -> invocation.result().complete(result));
  }
}
