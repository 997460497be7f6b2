package io.faaskeeper.zookeeper;

import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.port.Scheduler;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Schedulers of this JVM, each with one thread, which does not keep it alive. */
public final class DaemonScheduler {
  /** For what comes back to clients: nothing on it blocks. */
  public static final Scheduler ANSWERS = create("faaskeeper-answers");

  /** For handles that are left alone: closing what is behind them may take a while. */
  static final Scheduler HANDLES = create("faaskeeper-handles");

  private DaemonScheduler() {}

  private static Scheduler create(String name) {
    return new ExecutorScheduler(
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            }));
  }
}
