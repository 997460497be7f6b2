package io.faaskeeper.deploy;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** What the programs of this package have in common. */
final class Program {
  static final int FAILED = 1;
  static final int BAD_ARGUMENTS = 2;

  private static final int PAUSE_MILLIS = 2_000;

  private Program() {}

  /** Runs a command and ends the JVM with its status. */
  static void run(Callable<Integer> command, String[] args) {
    System.exit(commandLine(command).execute(args));
  }

  /** A command whose errors are one line. */
  static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              if (failure instanceof DeployException || failure instanceof ConfigException) {
                line.getErr().println(failure.getMessage());
                return failure instanceof ConfigException ? BAD_ARGUMENTS : FAILED;
              }
              throw failure;
            });
  }

  /** Does something in a deployment's account and region. */
  static int inCloud(DeploymentConfig config, ToIntFunction<Cloud> task) {
    if (config.provider() != DeploymentConfig.Provider.AWS) {
      throw new ConfigException("cloud-provider must be aws for what is deployed there");
    }
    try (AwsCloud cloud =
        new AwsCloud(
            config.region(), DefaultCredentialsProvider.builder().build(), null, Program::pause)) {
      return task.applyAsInt(cloud.open());
    }
  }

  /** The region of the environment, if it names one. */
  static Optional<String> defaultRegion() {
    try {
      return Optional.of(DefaultAwsRegionProviderChain.builder().build().getRegion().id());
    } catch (SdkClientException e) {
      return Optional.empty();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeployException("interrupted: what CloudFormation has begun goes on", e);
    }
  }
}
