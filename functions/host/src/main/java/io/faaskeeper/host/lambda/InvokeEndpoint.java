package io.faaskeeper.host.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.faaskeeper.host.lambda.InvocationResult.Failed;
import io.faaskeeper.host.lambda.InvocationResult.Returned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Lambda's Invoke, {@code POST /2015-03-31/functions/<name>/invocations}, synchronous. Signatures
 * are not looked at.
 */
final class InvokeEndpoint implements HttpHandler {
  private final Map<String, FunctionPool> pools;

  InvokeEndpoint(Map<String, FunctionPool> pools) {
    this.pools = pools;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    List<String> path = Http.path(exchange);
    byte[] payload = Http.body(exchange);
    String type = exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type");
    if (path.size() != 2 || !path.get(1).equals("invocations")) {
      refuse(exchange, 404, "ResourceNotFoundException", "no such operation");
    } else if (!exchange.getRequestMethod().equals("POST")) {
      refuse(exchange, 405, "InvalidRequestContentException", "Invoke is a POST");
    } else if (type != null && !type.equals("RequestResponse")) {
      refuse(exchange, 400, "InvalidParameterValueException", "only RequestResponse is served");
    } else if (payload.length > Http.MAX_BODY_BYTES) {
      refuse(exchange, 413, "RequestTooLargeException", "at most 6 MiB");
    } else {
      invoke(exchange, path.get(0), payload);
    }
  }

  private void invoke(HttpExchange exchange, String name, byte[] payload) {
    FunctionPool pool = pools.get(name);
    if (pool == null) {
      refuse(exchange, 404, "ResourceNotFoundException", "no function " + name);
    } else {
      pool.invoke(payload).thenAccept(result -> answer(exchange, result));
    }
  }

  private static void answer(HttpExchange exchange, InvocationResult result) {
    if (result instanceof Returned returned) {
      Http.answer(exchange, 200, returned.payload());
    } else if (result instanceof Failed failed) {
      exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      Http.answer(exchange, 200, failed.payload());
    } else {
      refuse(exchange, 429, "TooManyRequestsException", "all instances are busy");
    }
  }

  private static void refuse(HttpExchange exchange, int status, String error, String message) {
    exchange.getResponseHeaders().set("X-Amzn-ErrorType", error);
    byte[] body =
        JsonNodeFactory.instance
            .objectNode()
            .put("Type", "User")
            .put("Message", message)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    Http.answer(exchange, status, body);
  }
}
