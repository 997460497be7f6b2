package io.faaskeeper.operations.tree;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.ConfigException;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.operations.Program;
import io.faaskeeper.operations.Scope;
import io.faaskeeper.zookeeper.FaasKeeper;
import io.faaskeeper.zookeeper.FaasKeeperClientConfig;
import io.faaskeeper.zookeeper.JoinFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that name a tree: of a FaaSKeeper deployment, or of ZooKeeper servers. */
final class Endpoint {
  private static final int SESSION_TIMEOUT_MILLIS = 30_000;

  /** For listings and data that are larger than ZooKeeper's default allows. */
  private static final String MAX_BUFFER = "jute.maxbuffer";

  private static final int MAX_BUFFER_BYTES = 64 << 20;

  private final Scope scope;

  @ArgGroup(exclusive = true)
  private Place place = new Place();

  @Option(
      names = "--auth",
      paramLabel = "SCHEME:CREDENTIALS",
      description = "As addauth of ZooKeeper's shell: digest:user:password. May be repeated.")
  private List<String> auth = List.of();

  Endpoint(Scope scope) {
    this.scope = scope;
  }

  private static final class Place {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "A FaaSKeeper deployment, by its configuration. Without this and --zookeeper, the one"
                + " that the variable FAASKEEPER_CONFIG names.")
    private @Nullable Path config;

    @Option(
        names = "--zookeeper",
        paramLabel = "HOST:PORT,...",
        description = "ZooKeeper servers, or gateways: a connect string, with or without a chroot.")
    private @Nullable String connectString;
  }

  /**
   * Opens it, for who writes.
   *
   * @throws IOException if that can't be done: in one line
   * @throws ConfigException if the deployment's configuration is wrong: in one line
   */
  Tree open() throws IOException, InterruptedException {
    return open(false);
  }

  /** As {@link #open}, for who reads: it tells how nodes live, if anybody can. */
  Tree openWithModes() throws IOException, InterruptedException {
    return open(true);
  }

  private Tree open(boolean withModes) throws IOException, InterruptedException {
    List<Credentials> credentials = auth.stream().map(Credentials::parse).toList();
    if (System.getProperty(MAX_BUFFER) == null) {
      System.setProperty(MAX_BUFFER, String.valueOf(MAX_BUFFER_BYTES));
    }
    Tree.Connected connected = new Tree.Connected();
    Tree tree =
        place.connectString == null
            ? faasKeeper(withModes, connected)
            : servers(place.connectString, connected);
    try {
      for (Credentials known : credentials) {
        tree.zooKeeper().addAuthInfo(known.scheme(), known.bytes());
      }
      connected.await(tree.name());
      return tree;
    } catch (IOException | RuntimeException | InterruptedException e) {
      tree.close();
      throw e;
    }
  }

  private record Credentials(String scheme, String value) {
    static Credentials parse(String option) {
      int colon = option.indexOf(':');
      if (colon < 1) {
        throw Program.senseless("--auth is SCHEME:CREDENTIALS, as digest:user:password");
      }
      return new Credentials(option.substring(0, colon), option.substring(colon + 1));
    }

    byte[] bytes() {
      return value.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static Tree servers(String connectString, Tree.Connected connected) throws IOException {
    try {
      ZooKeeper handle =
          new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, connected, new ZKClientConfig());
      return new Tree(handle, Modes.UNKNOWN, false, "ZooKeeper at " + connectString, () -> {});
    } catch (IllegalArgumentException e) {
      throw Program.senseless("\"" + connectString + "\" is no connect string: " + e.getMessage());
    }
  }

  /** As a client process of its own, so that it is known at once why it can't join. */
  private Tree faasKeeper(boolean withModes, Tree.Connected connected) throws IOException {
    DeploymentConfig config = scope.read(place.config);
    String name = "FaaSKeeper's deployment " + config.name();
    Deque<Runnable> closing = new ArrayDeque<>();
    try {
      ClientRuntime process = Deployments.clientRuntime(config);
      closing.push(process::close);
      Modes modes = Modes.UNKNOWN;
      if (withModes) {
        StoredNodes stored = StoredNodes.open(config);
        closing.push(stored::close);
        modes = Modes.of(stored.nodes());
      }
      FaasKeeper handle =
          new FaasKeeper(
              "faaskeeper", SESSION_TIMEOUT_MILLIS, connected, new FaasKeeperClientConfig(process));
      return new Tree(handle, modes, withModes, name, () -> closing.forEach(Runnable::run));
    } catch (ConfigException | IOException e) {
      closing.forEach(Runnable::run);
      throw e;
    } catch (RuntimeException e) {
      closing.forEach(Runnable::run);
      throw new IOException(name + " can't be joined: " + JoinFailure.reason(e), e);
    }
  }
}
