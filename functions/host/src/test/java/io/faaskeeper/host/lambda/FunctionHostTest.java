package io.faaskeeper.host.lambda;

import static io.faaskeeper.host.lambda.HostFixture.event;
import static io.faaskeeper.host.lambda.HostFixture.failed;
import static io.faaskeeper.host.lambda.HostFixture.returned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.faaskeeper.host.ScriptedHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FunctionHostTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;
  private HostFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new HostFixture(folder);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void handlerSeesItsEventAndItsContextAndAWarmInstanceIsUsedAgain() throws IOException {
    fixture.deploy("echo", 3, LONG);

    JsonNode first = returned(fixture.run("echo", "hello"));
    JsonNode second = returned(fixture.run("echo", "again"));

    assertEquals("hello", first.at("/event/script").asText());
    assertEquals("arn:aws:lambda:eu-north-1:000000000000:function:echo", first.get("arn").asText());
    assertTrue(first.get("inTime").asBoolean());
    assertEquals(first.get("pid"), second.get("pid"));
    assertNotEquals(first.get("request"), second.get("request"));
    assertEquals(1, fixture.host.instances("echo").size());
  }

  @Test
  void handlerThatThrowsFailsItsInvocationAndItsInstanceLivesOn() throws IOException {
    fixture.deploy("echo", 1, LONG);
    JsonNode before = returned(fixture.run("echo", ""));

    JsonNode error = failed(fixture.run("echo", "throw:for a reason"));

    assertEquals("java.lang.IllegalStateException", error.get("errorType").asText());
    assertEquals("for a reason", error.get("errorMessage").asText());
    assertEquals(before.get("pid"), returned(fixture.run("echo", "")).get("pid"));
  }

  @Test
  void handlerThatHangsIsKilledAtItsTimeout() throws IOException {
    fixture.deploy("echo", 1, Duration.ofSeconds(1));
    long pid = returned(fixture.run("echo", "")).get("pid").asLong();

    JsonNode error = failed(fixture.run("echo", "hang:hanging"));

    assertEquals("Sandbox.Timedout", error.get("errorType").asText());
    assertTrue(error.get("errorMessage").asText().endsWith("timed out after 1.00 seconds"));
    assertTrue(ProcessHandle.of(pid).isEmpty() || !ProcessHandle.of(pid).get().isAlive());
    assertNotEquals(pid, returned(fixture.run("echo", "")).get("pid").asLong());
  }

  @Test
  void instanceKilledInTheMiddleFailsItsInvocation() throws IOException {
    fixture.deploy("echo", 1, LONG);
    CompletableFuture<InvocationResult> hanging =
        fixture.host.invoke("echo", event("hang:hanging")).toCompletableFuture();
    fixture.journal.await("hanging");

    long pid = fixture.host.instances("echo").get(0).pid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();

    JsonNode error = failed(hanging.join());
    assertEquals("Runtime.ExitError", error.get("errorType").asText());
    assertTrue(error.get("errorMessage").asText().endsWith("exit status 137"));
  }

  @Test
  void provisionedInstanceIsThereBeforeItIsNeededAndReplacedWhenItEnds() throws IOException {
    fixture.deploy("echo", ScriptedHandler.class, 2, 1, LONG);
    long provisioned = fixture.host.instances("echo").get(0).pid();
    assertEquals(provisioned, returned(fixture.run("echo", "")).get("pid").asLong());

    CompletableFuture<InvocationResult> hanging =
        fixture.host.invoke("echo", event("hang:hanging")).toCompletableFuture();
    fixture.journal.await("hanging");
    ProcessHandle.of(provisioned).orElseThrow().destroyForcibly();
    hanging.join();

    long replaced = returned(fixture.run("echo", "")).get("pid").asLong();
    assertNotEquals(provisioned, replaced);
    assertEquals(1, fixture.host.instances("echo").size());
  }

  @Test
  void moreInvocationsThanInstancesAreThrottled() throws IOException {
    fixture.deploy("echo", 2, LONG);
    CompletableFuture<InvocationResult> first =
        fixture.host.invoke("echo", event("meet:a:b")).toCompletableFuture();
    CompletableFuture<InvocationResult> second =
        fixture.host.invoke("echo", event("meet:b:c")).toCompletableFuture();

    assertInstanceOf(InvocationResult.Throttled.class, fixture.run("echo", ""));

    fixture.journal.leave("c");
    assertNotEquals(returned(first.join()).get("pid"), returned(second.join()).get("pid"));
  }

  @Test
  void handlerThatCannotBeLoadedFailsItsInvocationWithItsError() throws IOException {
    fixture.deploy("broken", BrokenHandler.class, 1, 0, LONG);

    JsonNode error = failed(fixture.run("broken", ""));

    assertEquals("no configuration", error.get("errorMessage").asText());
  }

  @Test
  void whatAnInstancePrintsComesWithItsName() throws Exception {
    fixture.deploy("echo", 1, LONG);
    fixture.run("echo", "print:some words");

    String line = fixture.printed.take();
    while (!line.endsWith("some words")) {
      line = fixture.printed.take();
    }
    assertEquals("echo echo-1 some words", line);
  }
}
