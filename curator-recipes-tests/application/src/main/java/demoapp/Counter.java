package demoapp;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.atomic.AtomicValue;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.atomic.PromotedToLock;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.apache.curator.retry.RetryNTimes;

/**
 * Clients add to one {@link DistributedAtomicLong}: optimistic at first, under a lock when others
 * come between too often. Then one sets a {@link SharedCount} and another sees it change.
 */
final class Counter implements Recipe {
  private static final int CLIENTS = 3;
  private static final int ROUNDS_EACH = 8;
  private static final int OPTIMISTIC_TRIES_MAX = 5;
  private static final int RETRY_MILLIS = 5;

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public String run(Stage stage) throws Exception {
    List<CuratorFramework> clients = stage.newClients(CLIENTS);
    long sum = atomicLong(stage, clients);
    sharedCount(stage, clients.get(0), clients.get(1));
    return "the sum is " + sum + "; a second client saw the shared count change";
  }

  private static long atomicLong(Stage stage, List<CuratorFramework> clients) throws Exception {
    stage.say(CLIENTS + " clients add to one DistributedAtomicLong");
    List<Callable<Long>> adders = new ArrayList<>();
    for (CuratorFramework client : clients) {
      adders.add(() -> add(atomicLong(stage, client)));
    }
    long expected = Stage.together(adders).stream().mapToLong(Long::longValue).sum();
    long found = atomicLong(stage, clients.get(0)).get().postValue();
    Stage.promise(found == expected, "the sum of " + expected + ", found " + found);
    return found;
  }

  private static DistributedAtomicLong atomicLong(Stage stage, CuratorFramework client) {
    RetryNTimes retry = new RetryNTimes(OPTIMISTIC_TRIES_MAX, RETRY_MILLIS);
    PromotedToLock lock =
        PromotedToLock.builder()
            .lockPath(stage.path("long-lock"))
            .retryPolicy(retry)
            .timeout(Settings.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .build();
    return new DistributedAtomicLong(client, stage.path("long"), retry, lock);
  }

  /** Adds 1, 2, 3 and so on; returns what it added in all. */
  private static long add(DistributedAtomicLong counter) throws Exception {
    long added = 0;
    for (int round = 1; round <= ROUNDS_EACH; round++) {
      AtomicValue<Long> result = counter.add((long) round);
      Stage.promise(result.succeeded(), "an addition under a lock succeeds");
      added += round;
    }
    return added;
  }

  private static void sharedCount(Stage stage, CuratorFramework setter, CuratorFramework watcher)
      throws Exception {
    String path = stage.path("count");
    try (SharedCount here = new SharedCount(setter, path, 0);
        SharedCount there = new SharedCount(watcher, path, 0)) {
      here.start();
      there.start();
      here.setCount(42);
      Stage.await("the other client sees 42", () -> there.getCount() == 42);
      Stage.promise(there.trySetCount(there.getVersionedValue(), 43), "nobody came between");
      Stage.await("the first client sees 43", () -> here.getCount() == 43);
      stage.say("SharedCount: 42 by one client, 43 by the other, each saw the other's");
    }
  }
}
