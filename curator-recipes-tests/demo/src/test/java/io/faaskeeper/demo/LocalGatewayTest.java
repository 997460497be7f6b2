package io.faaskeeper.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fk local --port}: ZooKeeper's own client, over TCP, on a deployment of many processes. */
@SuppressWarnings("try") // a client that is closed may be interrupted
@Timeout(300)
class LocalGatewayTest {
  private static final String LINE = "  ZooKeeper      ";

  @TempDir Path folder;

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", BuiltModule.at("functions/host").classPath()));
    command.add("io.faaskeeper.host.Local");
    command.addAll(List.of("--folder", folder.toString(), "--end-with-stdin"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "local"})
  void servesZooKeepersClient(String provider) throws Exception {
    Process process = start("--port", "0", "--provider", provider);
    try (BufferedReader output = process.inputReader()) {
      String line = output.readLine();
      assertTrue(line != null && line.startsWith("FaaSKeeper is ready"), line);
      line = output.readLine();
      assertTrue(line != null && line.startsWith(LINE), line);
      String address = line.substring(LINE.length());
      try (ZooKeeper zk = new ZooKeeper(address, 20_000, e -> {})) {
        zk.create("/a", new byte[] {1, 2}, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        assertArrayEquals(new byte[] {1, 2}, zk.getData("/a", false, null));
      }
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void saysInOneLineWhatMakesNoSense() throws Exception {
    Process process = start("--provider", "memory", "--data", folder.toString());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
    String line = process.inputReader().readLine();
    assertNotNull(line);
    assertTrue(line.startsWith("--provider may be local or memory"), line);
  }
}
