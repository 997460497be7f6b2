package io.faaskeeper.zookeeper.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.proto.CreateRequest;
import org.apache.zookeeper.proto.ReplyHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program, in a process of its own as a user has it. */
@Timeout(180)
final class ProgramTest {
  private static final String READY = GatewayMain.READY + "127.0.0.1:";

  @TempDir Path folder;

  private Process start(String... options) throws IOException {
    return startWithin("-Xmx512m", options);
  }

  private Process startWithin(String heap, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(GatewayMain.class.getName());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("FAASKEEPER_CONFIG");
    return builder.redirectError(folder.resolve("errors").toFile()).start();
  }

  private List<String> errors() throws IOException {
    return Files.readAllLines(folder.resolve("errors"));
  }

  private void assertRefused(int status, String begin, String... options) throws Exception {
    Process process = start(options);
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(status, process.exitValue());
      assertEquals(1, errors().size(), () -> "more than a line for " + begin);
      assertTrue(errors().get(0).startsWith(begin), errors().get(0));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysInOneLineWhatIsWrong() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefused(
          1,
          "The gateway did not start: port " + taken.getLocalPort() + " can't be listened on",
          "--provider",
          "memory",
          "--address",
          "127.0.0.1",
          "--port",
          String.valueOf(taken.getLocalPort()));
    }
    assertRefused(2, "no FaaSKeeper deployment: name its configuration file");
    Path lacking = Files.writeString(folder.resolve("lacking"), "{\"cloud-provider\":\"local\"}");
    assertRefused(2, "endpoints lacks", "--config", lacking.toString());
    Path config = Files.writeString(folder.resolve("c.json"), "{\"cloud-provider\": \"moon\"}");
    assertRefused(2, config + ": cloud-provider is \"moon\"", "--config", config.toString());
    assertRefused(2, "--provider may only be memory", "--provider", "aws");
    assertRefused(2, "there is no port -5", "--provider", "memory", "--port", "-5");
    assertRefused(
        1,
        "The gateway did not start: TLS can't be set up: Keystore is required",
        "--provider",
        "memory",
        "--port",
        "-1",
        "--secure-port",
        "0");
  }

  /** As a server does, whose start script asks for {@code srvr}. */
  @Test
  void answersTheWordsThatAreListedAndSrvr() throws Exception {
    Process process =
        start(
            "--provider",
            "memory",
            "--port",
            "0",
            "--address",
            "127.0.0.1",
            "--end-with-stdin",
            "-Dzookeeper.4lw.commands.whitelist=,stat , nonsense,ruok");
    try (BufferedReader output = process.inputReader()) {
      int port = Integer.parseInt(String.valueOf(output.readLine()).substring(READY.length()));
      assertEquals("imok", WireClient.word(port, "ruok"));
      assertTrue(WireClient.word(port, "stat").contains("Clients:"));
      assertTrue(WireClient.word(port, "srvr").contains("Node count: 5\n"));
      assertEquals(
          "mntr is not executed because it is not in the whitelist.",
          WireClient.word(port, "mntr"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void holdsAThousandIdleSessionsInHalfAGigabyte() throws Exception {
    Process process =
        start("--provider", "memory", "--port", "0", "--address", "127.0.0.1", "--end-with-stdin");
    List<WireClient> clients = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      String ready = String.valueOf(output.readLine());
      assertTrue(ready.startsWith(READY), ready);
      int port = Integer.parseInt(ready.substring(READY.length()));
      Set<Long> sessions = new HashSet<>();
      for (int i = 0; i < 1_000; i++) {
        WireClient client = new WireClient(port);
        clients.add(client);
        long session = client.connect(40_000).getSessionId();
        assertNotEquals(0, session);
        sessions.add(session);
      }
      for (WireClient client : clients) {
        client.send(-2, OpCode.ping);
        client.getData(1, "/");
      }
      for (WireClient client : clients) {
        assertEquals(-2, client.header().getXid());
        assertEquals(1, client.header().getXid());
      }
      assertEquals(1_000, sessions.size());
      String numbers = WireClient.word(port, "mntr");
      assertTrue(numbers.contains("zk_global_sessions\t1000\n"), numbers);
      assertTrue(numbers.contains("zk_num_alive_connections\t1001\n"), numbers);

      process.getOutputStream().close();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      for (WireClient client : clients) {
        assertEquals(0, client.bytesToEnd());
      }
    } finally {
      for (WireClient client : clients) {
        client.close();
      }
      process.destroyForcibly();
    }
  }

  /** Each of them alone would be let to have as much as all of them have to share. */
  @Test
  void manyWhoAskForMuchAndTakeNothingLeaveRoomForOthers() throws Exception {
    Process process =
        startWithin(
            "-Xmx96m",
            "--provider",
            "memory",
            "--port",
            "0",
            "--address",
            "127.0.0.1",
            "--end-with-stdin");
    List<WireClient> deaf = new ArrayList<>();
    try (BufferedReader output = process.inputReader()) {
      int port = Integer.parseInt(String.valueOf(output.readLine()).substring(READY.length()));
      try (WireClient writer = new WireClient(port)) {
        writer.connect(40_000);
        writer.send(
            1,
            OpCode.create,
            new CreateRequest("/large", new byte[900_000], Ids.OPEN_ACL_UNSAFE, 0));
        assertEquals(0, writer.header().getErr());
        for (int i = 0; i < 20; i++) {
          WireClient client = new WireClient(port, 4_096);
          deaf.add(client);
          client.connect(40_000);
          for (int xid = 1; xid <= 25; xid++) {
            client.getData(xid, "/large");
          }
        }
        for (int xid = 2; xid < 50; xid++) {
          writer.getData(xid, "/large");
          assertEquals(xid, writer.header().getXid());
        }
        for (WireClient client : deaf) {
          for (int xid = 1; xid <= 25; xid++) {
            ReplyHeader header = client.header();
            assertEquals(xid, header.getXid());
            assertEquals(0, header.getErr());
          }
        }
      }
    } finally {
      for (WireClient client : deaf) {
        client.close();
      }
      process.destroyForcibly();
    }
    assertFalse(errors().stream().anyMatch(line -> line.contains("OutOfMemory")));
  }
}
