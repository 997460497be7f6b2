package demoapp;

import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.ExponentialBackoffRetry;

/**
 * Where the application runs.
 *
 * @param connectString as for every ZooKeeper client
 * @param base the path below which it keeps all that it writes; removed at the end of a run
 * @param sessionTimeout asked for by each of its sessions
 */
public record Settings(String connectString, String base, Duration sessionTimeout) {
  /** How long any one step may take before the application gives it up. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int RETRY_BASE_MILLIS = 100;
  private static final int RETRIES_MAX = 8;

  /** A client that is not started yet. */
  CuratorFramework newClient() {
    return CuratorFrameworkFactory.builder()
        .connectString(connectString)
        .sessionTimeoutMs(Math.toIntExact(sessionTimeout.toMillis()))
        .retryPolicy(new ExponentialBackoffRetry(RETRY_BASE_MILLIS, RETRIES_MAX))
        .build();
  }
}
