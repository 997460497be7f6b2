package io.faaskeeper.host.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.faaskeeper.host.lambda.InvocationResult.Failed;
import io.faaskeeper.host.lambda.InvocationResult.Returned;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lambda's runtime API, version 2018-06-01, as its custom runtimes know it. Each instance has it
 * under a path of its own, {@code /<function>/<instance>}, which tells who calls.
 */
final class RuntimeApi implements HttpHandler {
  private static final String VERSION = "2018-06-01";
  private static final byte[] ACCEPTED = {};

  private final Map<String, FunctionPool> pools;
  private final Function<String, String> arns;

  RuntimeApi(Map<String, FunctionPool> pools, Function<String, String> arns) {
    this.pools = pools;
    this.arns = arns;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    List<String> path = Http.path(exchange);
    FunctionPool pool = path.size() < 5 ? null : pools.get(path.get(0));
    if (pool == null || !path.get(2).equals(VERSION) || !path.get(3).equals("runtime")) {
      Http.answer(exchange, 404, ACCEPTED);
      return;
    }
    byte[] body = Http.body(exchange);
    if (!route(exchange, pool, path.get(1), path.subList(4, path.size()), body)) {
      Http.answer(exchange, 400, ACCEPTED);
    }
  }

  /** False if the instance may not ask for this now. */
  private boolean route(
      HttpExchange exchange, FunctionPool pool, String instance, List<String> call, byte[] body) {
    if (call.equals(List.of("invocation", "next"))) {
      return pool.next(instance, (next, deadline) -> hand(exchange, pool, next, deadline));
    }
    boolean taken;
    if (call.equals(List.of("init", "error"))) {
      taken = pool.initFailed(instance, body);
    } else if (call.size() == 3 && call.get(0).equals("invocation")) {
      taken = result(call.get(2), body, pool, instance, call.get(1));
    } else {
      taken = false;
    }
    if (taken) {
      Http.answer(exchange, 202, ACCEPTED);
    }
    return taken;
  }

  private static boolean result(
      String kind, byte[] body, FunctionPool pool, String instance, String requestId) {
    return switch (kind) {
      case "response" -> pool.finished(instance, requestId, new Returned(body));
      case "error" -> pool.finished(instance, requestId, new Failed(body));
      default -> false;
    };
  }

  private void hand(
      HttpExchange exchange, FunctionPool pool, Invocation invocation, Instant deadline) {
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline.toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", arns.apply(pool.function().name()));
    Http.answer(exchange, 200, invocation.payload());
  }
}
