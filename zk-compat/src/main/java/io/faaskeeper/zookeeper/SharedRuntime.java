package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.port.Scheduler;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The one client process of a deployment in this JVM, however many handles it serves. It is opened
 * for the first of them, and closed some time after the last has let go: a program that replaces
 * its handle (as after an expiry) does not pay for a new process, and one that has none left does
 * not pay for an old one.
 */
final class SharedRuntime implements RuntimeHolder {
  private final RuntimeProvider provider;
  private final Scheduler scheduler;
  private final Duration linger;

  /** All guarded by this. */
  private @Nullable ClientRuntime runtime;

  private int users;
  private Scheduler.@Nullable Cancellable closing;

  SharedRuntime(RuntimeProvider provider, Scheduler scheduler, Duration linger) {
    this.provider = provider;
    this.scheduler = scheduler;
    this.linger = linger;
  }

  @Override
  public synchronized ClientRuntime acquire() throws IOException {
    if (closing != null) {
      closing.cancel();
      closing = null;
    }
    ClientRuntime opened = runtime;
    if (opened == null) {
      opened = provider.open();
      runtime = opened;
    }
    users++;
    return opened;
  }

  @Override
  public synchronized void release() {
    users--;
    if (users == 0) {
      closing = scheduler.schedule(linger, this::closeUnused);
    }
  }

  private void closeUnused() {
    ClientRuntime unused;
    synchronized (this) {
      if (users > 0) {
        return;
      }
      unused = runtime;
      runtime = null;
      closing = null;
    }
    if (unused != null) {
      unused.close();
    }
  }
}
