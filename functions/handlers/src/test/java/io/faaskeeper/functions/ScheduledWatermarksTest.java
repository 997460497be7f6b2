package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Watermark;
import io.faaskeeper.port.Watermarks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rule is seen from its side of the wire, and with it what the row says at that moment. */
class ScheduledWatermarksTest {
  private final Watermarks row = new MemoryStorage(Clock.SYSTEM, 16).watermarks();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ScheduledWatermarks watermarks;
  private volatile Runnable during = () -> {};
  private volatile int status = 200;

  ScheduledWatermarksTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    watermarks =
        new ScheduledWatermarks(row, new HeartbeatRule("rule-name", "eu-north-1", endpoint));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void ruleIsOnBeforeTheRowSaysSo() {
    assertTrue(Sandbox.join(watermarks.switchOn()).heartbeat());

    assertEquals(List.of("AWSEvents.EnableRule {\"Name\":\"rule-name\"} while off"), calls);
  }

  @Test
  void ruleThatCannotBeSwitchedOnLeavesTheRowAsItIs() {
    status = 400;

    assertThrows(CompletionException.class, () -> Sandbox.join(watermarks.switchOn()).heartbeat());

    assertFalse(heartbeat());
  }

  @Test
  void ruleGoesOffAfterTheRowSaysSo() {
    Sandbox.join(row.switchOn());

    assertFalse(Sandbox.join(watermarks.switchOff(Sandbox.join(row.read()))).heartbeat());

    assertEquals(List.of("AWSEvents.DisableRule {\"Name\":\"rule-name\"} while off"), calls);
  }

  @Test
  void ruleStaysOnIfTheRowMovedMeanwhile() {
    Watermark seen = Sandbox.join(row.switchOn());
    Sandbox.join(row.advance(seen, 1, 1, Deadline.NONE));

    assertTrue(Sandbox.join(watermarks.switchOff(seen)).heartbeat());

    assertEquals(List.of(), calls);
  }

  @Test
  void whoComesWhileTheRuleGoesOffFindsItOnAgain() {
    during = () -> Sandbox.join(row.switchOn());

    assertTrue(Sandbox.join(watermarks.switchOff(Sandbox.join(row.read()))).heartbeat());

    assertEquals(
        List.of(
            "AWSEvents.DisableRule {\"Name\":\"rule-name\"} while off",
            "AWSEvents.EnableRule {\"Name\":\"rule-name\"} while on"),
        calls);
  }

  private boolean heartbeat() {
    return Sandbox.join(row.read()).heartbeat();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(
          exchange.getRequestHeaders().getFirst("X-Amz-Target")
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
              + " while "
              + (heartbeat() ? "on" : "off"));
      during.run();
      exchange.sendResponseHeaders(status, -1);
    }
  }
}
