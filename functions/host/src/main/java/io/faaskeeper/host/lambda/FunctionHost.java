package io.faaskeeper.host.lambda;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Functions of one deployment, in processes of their own that end with this one. Listens on the
 * loopback interface only. Thread-safe.
 */
public final class FunctionHost implements AutoCloseable {
  private static final String INSTANCES = "/instances/";
  private static final String INVOKE = "/2015-03-31/functions/";

  static {
    // An answer leaves at once: without this it waits for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final Map<String, FunctionPool> pools = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final SandboxLauncher launcher;
  private final ExecutorService executor;
  private final ScheduledExecutorService timers;

  private FunctionHost(
      HttpServer server,
      SandboxLauncher launcher,
      ExecutorService executor,
      ScheduledExecutorService timers) {
    this.server = server;
    this.launcher = launcher;
    this.executor = executor;
    this.timers = timers;
  }

  /**
   * Starts to listen; there are no functions yet.
   *
   * @param port of the Invoke endpoint; 0 for any
   * @param executor an unbounded one, not owned: it also reads what the instances print
   * @param timers not owned
   */
  public static FunctionHost start(
      int port,
      Account account,
      JvmOptions jvm,
      LogSink log,
      ExecutorService executor,
      ScheduledExecutorService timers)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    FunctionHost host =
        new FunctionHost(server, new JvmSandboxes(jvm, account, executor, log), executor, timers);
    server.createContext(INSTANCES, new RuntimeApi(host.pools, account::functionArn));
    server.createContext(INVOKE, new InvokeEndpoint(host.pools));
    server.setExecutor(executor);
    server.start();
    return host;
  }

  /** The base address of the Invoke endpoint. */
  public URI endpoint() {
    return URI.create("http://" + address());
  }

  /** Adds a function, and starts the instances that are provisioned. */
  public void deploy(FunctionSpec function) {
    FunctionPool pool =
        new FunctionPool(
            function,
            address() + INSTANCES + function.name(),
            launcher,
            executor,
            timers,
            Clock.systemUTC());
    if (pools.putIfAbsent(function.name(), pool) != null) {
      throw new IllegalArgumentException("there is a function " + function.name());
    }
    pool.provision();
  }

  /**
   * Completes when an instance of the function has been ready for the first time; fails if one
   * could not be.
   */
  public CompletionStage<Void> warm(String function) {
    return pool(function).warm();
  }

  /** Invokes a function; the stage never fails, and completes on the executor. */
  public CompletionStage<InvocationResult> invoke(String function, byte[] payload) {
    return pool(function).invoke(payload);
  }

  /** The instances of a function that now exist. */
  public List<InstanceStatus> instances(String function) {
    return pool(function).instances();
  }

  /** Kills all instances, and stops to listen. */
  @Override
  public void close() {
    pools.values().forEach(FunctionPool::close);
    server.stop(0);
  }

  private FunctionPool pool(String function) {
    FunctionPool pool = pools.get(function);
    if (pool == null) {
      throw new IllegalArgumentException("no function " + function);
    }
    return pool;
  }

  private String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }
}
