package io.faaskeeper.operations.check;

import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.operations.Program;
import io.faaskeeper.operations.Progress;
import io.faaskeeper.operations.Scope;
import io.faaskeeper.zookeeper.JoinFailure;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fk check}: reads a deployment, and tells whether what it has stored agrees. */
@Command(
    name = "fk check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeOnExecutionException = CheckMain.FAILED,
    description = {
      "Reads what a deployment has stored, and tells whether log, watermark, nodes, their children,"
          + " ephemerals, owner index, sessions and subscriptions agree. Changes nothing.",
      "The deployment may be in use: what does not agree is looked at again before it is called"
          + " damage. It needs the rights of a function: clients may not read sessions.",
      "Ends with 0 if there is no damage, with 1 if there is, with 2 if it could not be checked."
    })
public final class CheckMain implements Callable<Integer> {
  private static final int FINE = 0;
  private static final int DAMAGED = 1;
  static final int FAILED = 2;

  private final Scope scope;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The deployment's configuration. Without it, the one that the variable FAASKEEPER_CONFIG"
              + " names.")
  private @Nullable Path config;

  @Option(
      names = "--skip-data",
      description = "Leave out the nodes' data: their lengths, and what the log says of them.")
  private boolean skipData;

  @Spec private @Nullable CommandSpec spec;

  private CheckMain(Scope scope) {
    this.scope = scope;
  }

  /** Exits with 0, 1 or 2: see the description. */
  public static void main(String[] args) {
    System.exit(Program.run(new CheckMain(Scope.OUTSIDE_THIS_JVM), args));
  }

  static CheckMain command() {
    return command(Scope.ALL);
  }

  static CheckMain command(Scope scope) {
    return new CheckMain(scope);
  }

  @Override
  public Integer call() {
    Program program = Program.of(spec);
    DeploymentConfig deployment = scope.read(config);
    try (DeploymentStorage storage = Deployments.storage(deployment)) {
      return check(storage, deployment.name(), program);
    } catch (CompletionException e) {
      program.err().println(deployment.name() + " can't be read: " + JoinFailure.reason(e));
      return FAILED;
    }
  }

  private int check(DeploymentStorage storage, String name, Program program) {
    Progress progress = program.progress();
    Report report =
        new Report(
            finding -> {
              progress.end();
              program.out().println((finding.kind().isDamage() ? "damage " : "left ") + finding);
              program.out().flush();
            });
    String summary = DeploymentCheck.run(storage, !skipData, report, progress);
    program
        .out()
        .printf(
            "%s: %s%n%,d damaged, %,d left over, %,d changed too fast to be judged%n",
            name, summary, report.damage(), report.leftOver(), report.unsettledCount());
    return report.damage() == 0 ? FINE : DAMAGED;
  }
}
