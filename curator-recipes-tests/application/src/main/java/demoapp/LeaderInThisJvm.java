package demoapp;

import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;

/** A leader in this JVM, whose session ends by somebody else's doing. */
public final class LeaderInThisJvm implements DoomedLeader {
  /** Makes a session expire. */
  @FunctionalInterface
  public interface Expiry {
    /**
     * Returns when the session's end is certain; that may be still to come.
     *
     * @return the cause, for a report
     */
    String expire(long sessionId, byte[] password) throws Exception;
  }

  private final Settings settings;
  private final Expiry expiry;
  private @Nullable CuratorFramework client;
  private @Nullable LeaderLatch latch;

  /** A leader that was not started yet. */
  public LeaderInThisJvm(Settings settings, Expiry expiry) {
    this.settings = settings;
    this.expiry = expiry;
  }

  @Override
  public String name() {
    return "the leader in this JVM";
  }

  @Override
  public void lead(String path) throws Exception {
    CuratorFramework connected = settings.newClient();
    client = connected;
    connected.start();
    LeaderLatch started = new LeaderLatch(connected, path, name());
    latch = started;
    started.start();
    boolean leads = started.await(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    Stage.promise(leads, "a candidate that is alone leads");
  }

  @Override
  public String die() throws Exception {
    CuratorFramework victim = client;
    if (victim == null) {
      throw new IllegalStateException("it never lived");
    }
    ZooKeeper handle = victim.getZookeeperClient().getZooKeeper();
    long session = handle.getSessionId();
    return "session 0x"
        + Long.toHexString(session)
        + " "
        + expiry.expire(session, handle.getSessionPasswd());
  }

  @Override
  public boolean claimsToLead() {
    return latch != null && latch.hasLeadership();
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
    }
  }
}
