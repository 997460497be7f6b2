package io.faaskeeper.client;

import java.util.List;

/**
 * What a client process holds at one moment.
 *
 * @param zxid the last one that everybody can see: the deployment's watermark
 * @param sessions those that the process holds, connected or not
 */
public record ProcessReport(long zxid, List<HeldSession> sessions) {
  public ProcessReport {
    sessions = List.copyOf(sessions);
  }

  /**
   * A session.
   *
   * @param expiresInMillis when it will have been silent for its timeout; not above 0 if it has
   * @param connected whether it has a connection
   * @param dataWatches the paths of its data watches, in ZooKeeper's sense: recursive ones too
   * @param childWatches how many child watches it has
   */
  public record HeldSession(
      long id,
      int timeoutMillis,
      long expiresInMillis,
      boolean connected,
      List<String> dataWatches,
      int childWatches) {
    public HeldSession {
      dataWatches = List.copyOf(dataWatches);
    }

    /** How many watches it has, as ZooKeeper counts them. */
    public int watches() {
      return dataWatches.size() + childWatches;
    }
  }
}
