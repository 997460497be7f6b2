package io.faaskeeper.zookeeper;

import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Scheduler;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The shared runtimes of this JVM, one for each configuration file. They do not keep it alive. */
final class JvmRuntimes {
  /** Long enough for a program to close an expired handle and open the next. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final Scheduler SCHEDULER = new ExecutorScheduler(daemon());
  private static final ConcurrentMap<DeploymentFile, RuntimeHolder> BY_FILE =
      new ConcurrentHashMap<>();

  private JvmRuntimes() {}

  static RuntimeHolder of(DeploymentFile file) {
    return BY_FILE.computeIfAbsent(file, f -> new SharedRuntime(f, SCHEDULER, LINGER));
  }

  private static ScheduledThreadPoolExecutor daemon() {
    return new ScheduledThreadPoolExecutor(
        1,
        task -> {
          Thread thread = new Thread(task, "faaskeeper-handles");
          thread.setDaemon(true);
          return thread;
        });
  }
}
