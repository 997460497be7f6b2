package io.faaskeeper.host;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A process that ends in order when its standard input does, and so ends with this one. */
final class StdinProcess implements Closeable {
  private final Process process;
  private final int maxEndSeconds;
  private volatile boolean closing;

  /**
   * Takes a process.
   *
   * @param maxEndSeconds how long it may take to end in order
   */
  StdinProcess(Process process, int maxEndSeconds) {
    this.process = process;
    this.maxEndSeconds = maxEndSeconds;
  }

  /** Runs something if it ends before it is closed. */
  void onUnexpectedEnd(Runnable task) {
    var unused =
        process
            .onExit()
            .thenRun(
                () -> {
                  if (!closing) {
                    task.run();
                  }
                });
  }

  /** Ends it, in order if it can be done in time. */
  @Override
  public void close() throws IOException {
    closing = true;
    process.getOutputStream().close();
    try {
      if (!process.waitFor(maxEndSeconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
