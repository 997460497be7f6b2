package io.faaskeeper.recipes;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A call that blocks, in a thread of its own. */
final class InProcess<T> {
  private static final int ENOUGH_SECONDS = 60;

  private final FutureTask<T> task;
  private final Thread thread;

  private InProcess(Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(task, "blocked-call");
    thread.setDaemon(true);
  }

  static <T> InProcess<T> start(Callable<T> call) {
    InProcess<T> started = new InProcess<>(call);
    started.thread.start();
    return started;
  }

  T result() throws Exception {
    return task.get(ENOUGH_SECONDS, TimeUnit.SECONDS);
  }
}
