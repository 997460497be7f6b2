package demoapp;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.curator.framework.CuratorFramework;

/** What a recipe has at hand: clients, paths of its own, threads, and somebody to tell. */
final class Stage implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Settings settings;
  private final Reporter reporter;
  private final String recipe;
  private final List<CuratorFramework> clients = new ArrayList<>();

  Stage(Settings settings, Reporter reporter, String recipe) {
    this.settings = settings;
    this.reporter = reporter;
    this.recipe = recipe;
  }

  /** A connected client with a session of its own, closed at the end of the recipe. */
  CuratorFramework newClient() throws Exception {
    CuratorFramework client = settings.newClient();
    clients.add(client);
    client.start();
    int seconds = (int) Settings.PATIENCE.toSeconds();
    promise(client.blockUntilConnected(seconds, SECONDS), "connect");
    return client;
  }

  List<CuratorFramework> newClients(int count) throws Exception {
    List<CuratorFramework> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(newClient());
    }
    return some;
  }

  /** A path that no other recipe uses. */
  String path(String name) {
    return settings.base() + "/" + recipe + "/" + name;
  }

  void say(String line) {
    reporter.says(recipe, line);
  }

  static void promise(boolean kept, String what) {
    if (!kept) {
      throw new BrokenPromiseException("broken: " + what);
    }
  }

  /** Waits until something becomes true of its own. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      promise(System.nanoTime() - start < Settings.PATIENCE.toNanos(), "in time, " + what);
      MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  /** Runs tasks in threads of their own, all at once, and waits for all. */
  static <T> List<T> together(Collection<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> f : threads.invokeAll(tasks, Settings.PATIENCE.toMillis(), MILLISECONDS)) {
        if (f.isCancelled()) {
          throw new TimeoutException("not done after " + Settings.PATIENCE.toSeconds() + " s");
        }
        results.add(f.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    clients.forEach(CuratorFramework::close);
  }
}
