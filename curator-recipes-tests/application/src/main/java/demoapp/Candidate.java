package demoapp;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;

/**
 * The role of a candidate in a JVM of its own. Says {@link #LEADS} on its standard output when it
 * leads, and lives until it is killed or its standard input ends, so that it never outlives the one
 * who started it.
 */
public final class Candidate {
  static final String LEADS = "leads";

  private Candidate() {}

  /**
   * Stands for election.
   *
   * @param args connect string, path of the election, name, session timeout in milliseconds
   */
  public static void main(String[] args) throws Exception {
    Settings settings =
        new Settings(args[0], args[1], Duration.ofMillis(Integer.parseInt(args[3])));
    endWithInput();
    try (CuratorFramework client = settings.newClient()) {
      client.start();
      try (LeaderLatch latch = new LeaderLatch(client, args[1], args[2])) {
        latch.start();
        latch.await();
        System.out.println(LEADS);
        Thread.currentThread().join();
      }
    }
  }

  private static void endWithInput() {
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                System.err.println("standard input failed: " + e.getMessage());
              }
              Runtime.getRuntime().halt(1);
            },
            "end-with-input");
    reader.setDaemon(true);
    reader.start();
  }
}
