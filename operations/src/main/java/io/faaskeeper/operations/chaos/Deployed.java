package io.faaskeeper.operations.chaos;

import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.deployment.AwsDeployment;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.DeploymentStorage;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.memory.ExecutorScheduler;
import io.faaskeeper.zookeeper.gateway.GatewayMain;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;

/**
 * A local deployment in which things go wrong: emulators and functions in processes of their own,
 * two gateways, and client processes in this JVM. Used by one thread, but for {@link #process}.
 */
final class Deployed implements AutoCloseable {
  /** No lap of the ring, so that all of the log can be compared. */
  private static final int LOG_SLOTS = 1 << 20;

  private static final int GATEWAYS = 2;
  private static final int PROCESSES = 3;

  /** In the first arguments of a function's JVM; of long command lines no more can be seen. */
  private static final String SANDBOX = "libaws-lambda-jni";

  private final Path folder;
  private final Random random;
  private final ScheduledExecutorService timers;
  private final Child local;
  private final DeploymentConfig config;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Child> gateways = new ArrayList<>();

  /** Guarded by itself. */
  private final List<ClientRuntime> processes = new ArrayList<>();

  private Deployed(Path folder, Random random, ScheduledExecutorService timers, Child local) {
    this.folder = folder;
    this.random = random;
    this.timers = timers;
    this.local = local;
    this.config = DeploymentConfig.read(configuration());
  }

  /**
   * Starts it; nothing goes wrong yet.
   *
   * @param folder an empty one, for logs
   */
  static Deployed start(Path folder, Random random, ScheduledExecutorService timers)
      throws IOException {
    Path global = folder.resolve("faults/software/amazon/awssdk/global/handlers");
    Files.createDirectories(global);
    Files.writeString(global.resolve("execution.interceptors"), FaultyCalls.class.getName() + "\n");
    String classPath = folder.resolve("faults") + File.pathSeparator + Child.ownClasses();
    Child local =
        Child.start(
            "functions/host",
            "FaaSKeeper is ready",
            folder.resolve("local.log"),
            "io.faaskeeper.host.Local",
            List.of(
                "--folder",
                folder.toString(),
                "--functions-class-path",
                classPath,
                "--set",
                "log-slots=" + LOG_SLOTS,
                "--set",
                "heartbeat-frequency=0.2"));
    Deployed deployed = new Deployed(folder, random, timers, local);
    try {
      for (int i = 0; i < GATEWAYS; i++) {
        deployed.ports.add(freePort());
        deployed.gateways.add(deployed.gateway(i));
      }
      for (int i = 0; i < PROCESSES; i++) {
        deployed.newProcess();
      }
      return deployed;
    } catch (IOException | RuntimeException e) {
      deployed.close();
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Path configuration() {
    return folder.resolve("client.json");
  }

  private Path faultSwitch() {
    return folder.resolve("sandbox").resolve(FaultyCalls.SWITCH);
  }

  private Child gateway(int number) throws IOException {
    return Child.start(
        "zk-compat",
        GatewayMain.READY,
        folder.resolve("gateway-" + number + ".log"),
        GatewayMain.class.getName(),
        List.of(
            "--config", configuration().toString(),
            "--address", "127.0.0.1",
            "--port", String.valueOf(ports.get(number))));
  }

  private void newProcess() {
    ClientRuntime process =
        new AwsDeployment(
                config,
                new ExecutorScheduler(timers),
                task -> {
                  Thread thread = new Thread(task, "channel");
                  thread.setDaemon(true);
                  return thread;
                },
                List.of(new FaultyCalls(faultSwitch())))
            .clientRuntime();
    synchronized (processes) {
      processes.add(process);
    }
  }

  String connectString() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** Any client process; thread-safe. */
  ClientRuntime process() {
    synchronized (processes) {
      return processes.get(random.nextInt(processes.size()));
    }
  }

  /** From now on calls of storage fail or come late. */
  void faultsOn() throws IOException {
    Files.writeString(faultSwitch(), "");
  }

  /** Calls are as they should be, and all gateways are there. */
  void faultsOff() throws IOException {
    Files.deleteIfExists(faultSwitch());
    restartGateways();
  }

  /** Kills an instance of a function by SIGKILL, if there is one; says whether. */
  boolean killFunction() {
    List<ProcessHandle> sandboxes = local.descendants(SANDBOX);
    return !sandboxes.isEmpty()
        && sandboxes.get(random.nextInt(sandboxes.size())).destroyForcibly();
  }

  /** Kills a gateway by SIGKILL, after having started again the one that was killed before. */
  void killGateway() throws IOException {
    restartGateways();
    gateways.get(random.nextInt(GATEWAYS)).kill();
  }

  private void restartGateways() throws IOException {
    for (int i = 0; i < gateways.size(); i++) {
      if (!gateways.get(i).isAlive()) {
        gateways.set(i, gateway(i));
      }
    }
  }

  /** A client process falls silent, as if it were killed, and another begins. */
  ClientRuntime killProcess() {
    newProcess();
    ClientRuntime killed;
    synchronized (processes) {
      killed = processes.remove(random.nextInt(processes.size() - 1));
    }
    killed.halt();
    return killed;
  }

  boolean isAlive() {
    return local.isAlive();
  }

  DeploymentStorage storage() {
    return Deployments.storage(config);
  }

  /** Ends all clients, in order. */
  void closeClients() throws IOException {
    synchronized (processes) {
      processes.forEach(ClientRuntime::close);
      processes.clear();
    }
    for (Child gateway : gateways) {
      gateway.close();
    }
    gateways.clear();
  }

  @Override
  public void close() throws IOException {
    try {
      closeClients();
    } finally {
      local.close();
    }
  }
}
