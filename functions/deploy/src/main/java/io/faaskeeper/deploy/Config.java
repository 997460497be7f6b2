package io.faaskeeper.deploy;

import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fk config}: writes what clients of a deployment on AWS are told. */
@Command(
    name = "fk config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Writes the configuration for clients of a deployment on AWS.")
public final class Config implements Callable<Integer> {
  @Mixin private Target target = new Target();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to; standard output by default.")
  private @Nullable Path out;

  Config() {}

  /** Exits with 0 if it is written, 1 if it failed, 2 if the arguments make no sense. */
  public static void main(String[] args) {
    Program.run(new Config(), args);
  }

  @Override
  public Integer call() {
    target.allowSettings("fk config", "channel-host", "port");
    DeploymentConfig config = target.configuration(Program::defaultRegion);
    return Program.inCloud(
        config,
        cloud -> {
          String stack = new Names(config.name()).stack();
          StackState found = DeploymentPlan.existing(stack, cloud.stacks().find(stack));
          write(
              StackParameters.clientConfiguration(
                      found, config.region(), config.channelHost(), config.port())
                  .toJson(),
              out);
          return 0;
        });
  }

  static void write(String json, @Nullable Path out) {
    if (out == null) {
      System.out.print(json);
      return;
    }
    try {
      Files.writeString(out, json);
    } catch (IOException e) {
      throw new DeployException(out + " can't be written: " + e, e);
    }
    System.out.println("wrote " + out);
  }
}
