package io.faaskeeper.operations.check;

import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.operations.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A check of a deployment, for other programs. */
public final class DeploymentCheck {
  private static final int THREADS = 16;

  private DeploymentCheck() {}

  /** What is damaged, a line each. */
  public static List<String> damage(DeploymentStorage storage, Progress progress) {
    List<String> damage = new ArrayList<>();
    Report report =
        new Report(
            finding -> {
              if (finding.kind().isDamage()) {
                damage.add(finding.toString());
              }
            });
    String unused = run(storage, true, report, progress);
    return damage;
  }

  /** Looks at everything; returns what was looked at. */
  static String run(DeploymentStorage storage, boolean withData, Report report, Progress progress) {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      Judge judge = new Judge(duration -> LockSupport.parkNanos(duration.toNanos()), report);
      Check check = new Check(storage, withData, judge, executor, progress);
      check.run();
      progress.end();
      return check.summary();
    } finally {
      executor.shutdownNow();
    }
  }
}
