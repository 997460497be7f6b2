package demoapp;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;

/**
 * A leader dies, and the next candidate leads as soon as the dead one's session has expired, not
 * earlier.
 */
final class Election implements Recipe {
  private static final String HEIR = "heir";

  private final DoomedLeader doomed;

  Election(DoomedLeader doomed) {
    this.doomed = doomed;
  }

  @Override
  public String name() {
    return "election";
  }

  @Override
  public String run(Stage stage) throws Exception {
    String path = stage.path("latch");
    CuratorFramework client = stage.newClient();
    doomed.lead(path);
    stage.say(doomed.name() + " leads");
    try (LeaderLatch heir = new LeaderLatch(client, path, HEIR)) {
      heir.start();
      Stage.await("two take part", () -> heir.getParticipants().size() == 2);
      Stage.promise(doomed.name().equals(heir.getLeader().getId()), "the first one leads");
      Stage.promise(!heir.hasLeadership(), "only one leads");
      stage.say("the heir stands behind it");

      long death = System.nanoTime();
      String cause = doomed.die();
      stage.say("the leader died: " + cause);
      boolean succeeded = heir.await(Settings.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Duration without = Duration.ofNanos(System.nanoTime() - death);
      Stage.promise(succeeded, "a dead leader is replaced");
      Stage.promise(HEIR.equals(heir.getLeader().getId()), "all name the heir as leader");
      Stage.await("the dead leader does not think it leads", () -> !doomed.claimsToLead());
      return "the heir leads %.1f s after the leader's death".formatted(without.toMillis() / 1e3);
    }
  }
}
