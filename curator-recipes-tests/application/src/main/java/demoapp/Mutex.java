package demoapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;

/**
 * Threads of several clients read a number, add one and write it back, with nothing but an {@link
 * InterProcessMutex} to keep them apart: were two ever inside, an increment would be lost.
 */
final class Mutex implements Recipe {
  private static final int CLIENTS = 3;
  private static final int THREADS_EACH = 2;
  private static final int ROUNDS_EACH = 6;

  @Override
  public String name() {
    return "mutex";
  }

  @Override
  public String run(Stage stage) throws Exception {
    List<CuratorFramework> clients = stage.newClients(CLIENTS);
    String value = stage.path("value");
    clients.get(0).create().creatingParentsIfNeeded().forPath(value, text(0));

    AtomicInteger inside = new AtomicInteger();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (CuratorFramework client : clients) {
      InterProcessMutex mutex = new InterProcessMutex(client, stage.path("lock"));
      for (int i = 0; i < THREADS_EACH; i++) {
        workers.add(() -> work(client, mutex, value, inside));
      }
    }
    stage.say(workers.size() + " threads of " + CLIENTS + " clients contend for one lock");
    int collisions = Stage.together(workers).stream().mapToInt(Integer::intValue).sum();

    int expected = workers.size() * ROUNDS_EACH;
    int found = number(clients.get(0).getData().forPath(value));
    Stage.promise(collisions == 0, "one at a time, but " + collisions + " times were two inside");
    Stage.promise(found == expected, "the sum of " + expected + ", found " + found);
    return found + " increments by " + workers.size() + " threads, none lost";
  }

  private static int work(
      CuratorFramework client, InterProcessMutex mutex, String value, AtomicInteger inside)
      throws Exception {
    int collisions = 0;
    for (int round = 0; round < ROUNDS_EACH; round++) {
      mutex.acquire();
      try {
        collisions += inside.getAndIncrement() == 0 ? 0 : 1;
        int now = number(client.getData().forPath(value));
        client.setData().forPath(value, text(now + 1));
      } finally {
        inside.decrementAndGet();
        mutex.release();
      }
    }
    return collisions;
  }

  private static byte[] text(int number) {
    return Integer.toString(number).getBytes(UTF_8);
  }

  private static int number(byte[] text) {
    return Integer.parseInt(new String(text, UTF_8));
  }
}
