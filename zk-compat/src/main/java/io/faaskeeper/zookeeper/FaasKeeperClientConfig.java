package io.faaskeeper.zookeeper;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.DeploymentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A client configuration that chooses FaaSKeeper: for {@code ZooKeeper}'s constructors that take
 * one, and for Curator's {@code zkClientConfig}. It is what a plain configuration becomes by
 * setting {@code zookeeper.clientCnxnSocket} to {@value #SOCKET}.
 *
 * <p>The deployment is the one described by the file that the client property, the system property
 * {@value #DEPLOYMENT_PROPERTY} or the environment variable {@value #DEPLOYMENT_VARIABLE} names,
 * the first of them that is set.
 */
public class FaasKeeperClientConfig extends ZKClientConfig {
  /** The value of {@code zookeeper.clientCnxnSocket} that chooses FaaSKeeper. */
  public static final String SOCKET = "org.apache.zookeeper.ClientCnxnSocketFaasKeeper";

  /** Names the deployment's configuration file, as a client property or a system property. */
  public static final String DEPLOYMENT_PROPERTY = DeploymentConfig.PROPERTY;

  /** Names the deployment's configuration file, if no property does. */
  public static final String DEPLOYMENT_VARIABLE = DeploymentConfig.ENVIRONMENT;

  private final @Nullable ClientRuntime runtime;

  /** For the deployment that system property or variable names. */
  public FaasKeeperClientConfig() {
    this((ClientRuntime) null);
  }

  /** For the deployment that this file describes. */
  public FaasKeeperClientConfig(Path deployment) {
    this((ClientRuntime) null);
    setProperty(DEPLOYMENT_PROPERTY, deployment.toString());
  }

  /**
   * For handles of a process that the program made itself.
   *
   * @param runtime remains the caller's: handles do not close it
   */
  public FaasKeeperClientConfig(@Nullable ClientRuntime runtime) {
    this.runtime = runtime;
    setProperty(ZOOKEEPER_CLIENT_CNXN_SOCKET, SOCKET);
  }

  /**
   * A configuration that chooses FaaSKeeper, whose choice can be followed.
   *
   * @param config to be made so, or null for a new one
   */
  static ZKClientConfig choosing(@Nullable ZKClientConfig config) throws IOException {
    Placement.check();
    ZKClientConfig chosen = config == null ? new FaasKeeperClientConfig() : config;
    chosen.setProperty(ZOOKEEPER_CLIENT_CNXN_SOCKET, SOCKET);
    DeploymentChoice.of(chosen);
    return chosen;
  }

  Optional<ClientRuntime> runtime() {
    return Optional.ofNullable(runtime);
  }
}
