package io.faaskeeper.host.lambda;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The little of HTTP that both endpoints need. */
final class Http {
  /** Lambda's limit of a synchronous invocation's payload and answer. */
  static final int MAX_BODY_BYTES = 6 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Http.class);

  private Http() {}

  /** The parts of the path after the context's. */
  static List<String> path(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return List.of(path.substring(exchange.getHttpContext().getPath().length()).split("/", -1));
  }

  /** The body; longer by one byte than is allowed, if it is too long. */
  static byte[] body(HttpExchange exchange) throws IOException {
    return exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
  }

  /** Answers, and ends the exchange. That the other side is gone is no error of ours. */
  static void answer(HttpExchange exchange, int status, byte[] body) {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      LOG.debug("No answer to {}", exchange.getRequestURI(), e);
    }
  }
}
