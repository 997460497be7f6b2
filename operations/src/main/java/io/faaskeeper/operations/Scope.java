package io.faaskeeper.operations;

import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which deployments a program may be told of. */
public enum Scope {
  /**
   * Of a program that is started: one in memory is in another JVM, and what this one would find
   * under its name is new and empty.
   */
  OUTSIDE_THIS_JVM,

  /** Of a program that is run within a JVM, which may have deployments in its memory. */
  ALL;

  /**
   * The configuration of a deployment.
   *
   * @param file null for the one that property or variable names
   * @throws ConfigException if it is wrong, or of none of these: in one line
   */
  public DeploymentConfig read(@Nullable Path file) {
    DeploymentConfig config = file == null ? DeploymentConfig.load() : DeploymentConfig.read(file);
    if (this == OUTSIDE_THIS_JVM && config.provider() == DeploymentConfig.Provider.MEMORY) {
      throw new ConfigException(
          "cloud-provider is \"memory\": the deployment "
              + config.name()
              + " is inside another JVM, and all that can be reached of it is its gateway, if it has"
              + " one");
    }
    return config;
  }
}
