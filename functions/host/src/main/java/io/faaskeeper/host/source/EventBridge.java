package io.faaskeeper.host.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The two calls of EventBridge that functions make, EnableRule and DisableRule, on the loopback
 * interface. Signatures are not looked at. Thread-safe.
 */
public final class EventBridge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY_BYTES = 10_000;

  private final Map<String, Schedule> rules = new ConcurrentHashMap<>();
  private final HttpServer server;

  private EventBridge(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to listen at a free port; there are no rules yet.
   *
   * @param executor not owned
   */
  public static EventBridge start(Executor executor) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    EventBridge events = new EventBridge(server);
    server.createContext("/", events::handle);
    server.setExecutor(executor);
    server.start();
    return events;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds a rule, which stays its owner's to close. */
  public void add(String name, Schedule rule) {
    rules.put(name, rule);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = JSON.readTree(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES));
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      boolean enable = target.equals("AWSEvents.EnableRule");
      Schedule rule = rules.get(request.path("Name").asText());
      if (!enable && !target.equals("AWSEvents.DisableRule")) {
        answer(exchange, 400, error("UnknownOperationException", target + " is not served"));
      } else if (rule == null) {
        answer(exchange, 400, error("ResourceNotFoundException", "there is no such rule"));
      } else {
        rule.switchTo(enable);
        answer(exchange, 200, JsonNodeFactory.instance.objectNode());
      }
    }
  }

  private static JsonNode error(String type, String message) {
    return JsonNodeFactory.instance.objectNode().put("__type", type).put("message", message);
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
