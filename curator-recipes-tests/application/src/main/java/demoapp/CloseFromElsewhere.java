package demoapp;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/**
 * Ends a session as whoever knows its password can: a second handle takes it over and closes it.
 * The owner's client may take it back in between, so this repeats until the service says that there
 * is no such session.
 */
public final class CloseFromElsewhere implements LeaderInThisJvm.Expiry {
  private static final int STATES_MAX = 64;
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(10);

  private final String connectString;
  private final int timeoutMillis;

  public CloseFromElsewhere(Settings settings) {
    this.connectString = settings.connectString();
    this.timeoutMillis = Math.toIntExact(settings.sessionTimeout().toMillis());
  }

  @Override
  public String expire(long sessionId, byte[] password) throws Exception {
    Stage.await("the session ends", () -> isOver(sessionId, password));
    return "was closed from elsewhere";
  }

  private boolean isOver(long sessionId, byte[] password) throws Exception {
    BlockingQueue<KeeperState> states = new ArrayBlockingQueue<>(STATES_MAX);
    ZooKeeper handle =
        new ZooKeeper(
            connectString,
            timeoutMillis,
            (WatchedEvent event) -> states.offer(event.getState()),
            sessionId,
            password);
    try {
      return states.poll(ATTEMPT_MAX.toMillis(), TimeUnit.MILLISECONDS) == KeeperState.Expired;
    } finally {
      handle.close();
    }
  }
}
