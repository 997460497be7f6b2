package io.faaskeeper.benchmarks.operation;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AsyncCallback.StatCallback;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A second session with a one-shot watch on the first one's node, armed anew for each call. The
 * callbacks come on the two sessions' event threads.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class ArmedWatch implements Watcher, StatCallback {
  private static final int LIMIT_SECONDS = 30;

  private final Semaphore events = new Semaphore(0);
  private final Semaphore answers = new Semaphore(0);
  private volatile int answer;
  private ZooKeeper watching;

  @Setup
  public void connect() throws IOException, InterruptedException {
    watching = Connection.open();
  }

  @TearDown
  public void disconnect() throws InterruptedException {
    watching.close();
  }

  @Setup(Level.Invocation)
  public void arm(Session session) throws InterruptedException, KeeperException {
    byte[] unused = watching.getData(session.node(), this, null);
  }

  @TearDown(Level.Invocation)
  public void awaitAnswer() throws InterruptedException, KeeperException {
    await(answers, "answer");
    if (answer != 0) {
      throw KeeperException.create(Code.get(answer));
    }
  }

  void awaitEvent() throws InterruptedException {
    await(events, "event");
  }

  private static void await(Semaphore arrived, String what) throws InterruptedException {
    if (!arrived.tryAcquire(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no " + what + " in " + LIMIT_SECONDS + " s");
    }
  }

  @Override
  public void process(WatchedEvent event) {
    if (event.getType() == EventType.NodeDataChanged) {
      events.release();
    }
  }

  @Override
  public void processResult(int code, String path, @Nullable Object context, @Nullable Stat stat) {
    answer = code;
    answers.release();
  }
}
