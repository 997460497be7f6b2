package io.faaskeeper.deploy;

import io.faaskeeper.deployment.DeploymentConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fk remove}: removes a deployment from AWS. */
@Command(
    name = "fk remove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Removes a deployment from AWS. What it stored stays, for the next deployment of this "
            + "name, unless --delete-data says otherwise.")
public final class Remove implements Callable<Integer> {
  @Mixin private Target target = new Target();

  @Option(names = "--delete-data", description = "Delete its tables and its bucket, too.")
  private boolean deleteData;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  Remove() {}

  /** Exits with 0 if it is gone, 1 if it failed, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    Program.run(new Remove(), args);
  }

  @Override
  public Integer call() {
    target.allowSettings("fk remove", "user-storage", "aws");
    DeploymentConfig config = target.configuration(Program::defaultRegion);
    return Program.inCloud(
        config,
        cloud -> {
          new Remover(cloud, new Names(config.name()), System.out, dryRun)
              .remove(deleteData, bucket(config));
          return 0;
        });
  }

  private static Optional<String> bucket(DeploymentConfig config) {
    return config.userStorage().hasBucket()
        ? Optional.ofNullable(config.dataBucket())
        : Optional.empty();
  }
}
