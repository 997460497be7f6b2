package io.faaskeeper.host;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A gateway for ZooKeeper's clients, in a process that ends with this one. */
final class GatewayProcess implements Closeable {
  private static final String MAIN = "io.faaskeeper.zookeeper.gateway.GatewayMain";
  private static final String READY = "FaaSKeeper's gateway is ready: ";
  private static final int MAX_END_SECONDS = 15;

  private final StdinProcess lifetime;
  private final String connectString;

  private GatewayProcess(Process process, String connectString) {
    this.lifetime = new StdinProcess(process, MAX_END_SECONDS);
    this.connectString = connectString;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param configuration of the deployment
   * @param port where it listens
   * @param log where its log goes
   * @throws IOException if it does not start: with what it says itself
   */
  static GatewayProcess start(Path configuration, int port, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of("-cp", BuiltModule.named("../zk-compat").classPath(), MAIN));
    command.addAll(List.of("--config", configuration.toString()));
    command.addAll(List.of("--port", String.valueOf(port), "--end-with-stdin"));
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    // The reader stays open: what else the process prints is nothing to wait for.
    String line = process.inputReader().readLine();
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      List<String> said = Files.readAllLines(log);
      throw new IOException(said.isEmpty() ? "no gateway" : said.get(said.size() - 1));
    }
    return new GatewayProcess(process, line.substring(READY.length()));
  }

  String connectString() {
    return connectString;
  }

  /** Runs something if the process ends before it is closed. */
  void onUnexpectedEnd(Runnable task) {
    lifetime.onUnexpectedEnd(task);
  }

  /** Ends it, in order if it can be done in time. */
  @Override
  public void close() throws IOException {
    lifetime.close();
  }
}
