package io.faaskeeper.deploy;

import io.faaskeeper.deployment.DeploymentConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fk status}: how a deployment on AWS is. */
@Command(
    name = "fk status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Tells how a deployment on AWS is.")
public final class Status implements Callable<Integer> {
  @Mixin private Target target = new Target();

  Status() {}

  /** Exits with 0 if it is as it should be, 1 if it isn't, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    Program.run(new Status(), args);
  }

  @Override
  public Integer call() {
    target.allowSettings("fk status");
    DeploymentConfig config = target.configuration(Program::defaultRegion);
    return Program.inCloud(
        config,
        cloud ->
            new StatusReport(cloud, new Names(config.name()), System.out).print()
                ? 0
                : Program.FAILED);
  }
}
