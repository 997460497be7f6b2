package io.faaskeeper.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.client.ClientRequest;
import io.faaskeeper.client.ClientRuntime;
import io.faaskeeper.client.ClientSession;
import io.faaskeeper.client.ConnectResult;
import io.faaskeeper.client.Reply;
import io.faaskeeper.deployment.DeploymentConfig;
import io.faaskeeper.deployment.Deployments;
import io.faaskeeper.model.Acl;
import io.faaskeeper.model.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client, emulators and the real functions, all in processes of their own. */
@Timeout(300)
class LocalTest {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void clientsAreServedAcrossTheEndOfFunctionsAndAllEndsWithAKilledHost() throws Exception {
    try (RunningLocal local = RunningLocal.start(folder, "--folder", folder.toString());
        ClientRuntime runtime = join(local)) {
      ClientSession session = open(runtime);
      assertEquals(Code.OK, create(session, "/a").code());
      assertArrayEquals(DATA, read(session, "/a"));

      local.killFunctions();
      assertEquals(Code.OK, create(session, "/b").code());

      assertTrue(units(local.metrics(), "create") > 0);
      for (ProcessHandle child : local.kill()) {
        child.onExit().get(1, TimeUnit.MINUTES);
      }
    }
  }

  @Test
  void dataIsKeptInAFolder() throws Exception {
    String data = folder.toString();
    try (RunningLocal local = RunningLocal.start(folder, "--data", data)) {
      try (ClientRuntime runtime = join(local)) {
        assertEquals(Code.OK, create(open(runtime), "/a").code());
      }
      assertEquals(0, local.end());
    }
    assertFalse(Files.exists(folder.resolve("client.json")));

    try (RunningLocal local = RunningLocal.start(folder, "--data", data);
        ClientRuntime runtime = join(local)) {
      ClientSession session = open(runtime);
      assertArrayEquals(DATA, read(session, "/a"));
      assertEquals(Code.NODEEXISTS, create(session, "/a").code());
    }
  }

  @Test
  void distributorOfItsOwnServesClients() throws Exception {
    try (RunningLocal local =
            RunningLocal.start(
                folder, "--folder", folder.toString(), "--set", "distributor-queue=sqs");
        ClientRuntime runtime = join(local)) {
      ClientSession session = open(runtime);

      assertEquals(Code.OK, create(session, "/a").code());
      assertArrayEquals(DATA, read(session, "/a"));
    }
  }

  private static ClientRuntime join(RunningLocal local) {
    return Deployments.clientRuntime(DeploymentConfig.read(local.configuration()));
  }

  private static ClientSession open(ClientRuntime runtime) {
    ConnectResult result = runtime.open(30_000, List.of()).toCompletableFuture().join();
    return assertInstanceOf(ConnectResult.Connected.class, result).session();
  }

  private static Reply create(ClientSession session, String path) {
    return submit(
        session,
        new ClientRequest.Write(
            new Operation.Create(
                path, DATA, List.of(new Acl(31, "world", "anyone")), CreateMode.PERSISTENT, 0)));
  }

  private static byte @Nullable [] read(ClientSession session, String path) {
    Reply reply = submit(session, new ClientRequest.GetData(path, false));
    return assertInstanceOf(Reply.Data.class, reply.body()).data();
  }

  private static Reply submit(ClientSession session, ClientRequest request) {
    return session.submit(request).toCompletableFuture().join();
  }

  /** The write units of the events that brought such a request. */
  private static double units(List<String> metrics, String request) throws IOException {
    double units = 0;
    for (String line : metrics) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (event.get("requests").has(request)) {
        units += event.get("writeUnits").asDouble();
      }
    }
    return units;
  }
}
