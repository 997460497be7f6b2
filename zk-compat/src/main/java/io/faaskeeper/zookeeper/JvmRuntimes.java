package io.faaskeeper.zookeeper;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The shared runtimes of this JVM, one for each configuration file. They do not keep it alive. */
final class JvmRuntimes {
  /** Long enough for a program to close an expired handle and open the next. */
  private static final Duration LINGER = Duration.ofSeconds(30);

  private static final ConcurrentMap<DeploymentFile, RuntimeHolder> BY_FILE =
      new ConcurrentHashMap<>();

  private JvmRuntimes() {}

  static RuntimeHolder of(DeploymentFile file) {
    return BY_FILE.computeIfAbsent(
        file, f -> new SharedRuntime(f, DaemonScheduler.HANDLES, LINGER));
  }
}
