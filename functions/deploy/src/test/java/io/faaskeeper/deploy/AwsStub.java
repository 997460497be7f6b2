package io.faaskeeper.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * AWS as a list of answers, in the form that its services give them. A call without an answer is
 * answered by 418, which the SDK does not repeat.
 */
final class AwsStub implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private int pauses;

  private record Answer(int status, String body) {}

  AwsStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** What a call gets; after several answers, the last again and again. */
  synchronized AwsStub on(String call, int status, String body) {
    answers.computeIfAbsent(call, none -> new ArrayDeque<>()).add(new Answer(status, body));
    return this;
  }

  /** An error as CloudFormation and STS give it. */
  AwsStub fails(String call, int status, String code, String message) {
    return on(
        call,
        status,
        "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
            .formatted(code, message));
  }

  /** The calls so far: an action, or method and path; what a query says, after it. */
  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized int pauses() {
    return pauses;
  }

  /** The account as this is one. */
  AwsCloud cloud() {
    return new AwsCloud(
        "eu-north-1",
        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
        this::paused);
  }

  private synchronized void paused() {
    pauses++;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String call =
          target != null
              ? target.substring(target.indexOf('.') + 1)
              : body.startsWith("Action=")
                  ? body.substring("Action=".length(), body.indexOf('&'))
                  : exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      Answer answer = next(call, body);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
      if (!empty) {
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private synchronized Answer next(String call, String body) {
    calls.add(
        body.startsWith("Action=")
            ? call + " " + URLDecoder.decode(body, StandardCharsets.UTF_8)
            : call);
    Deque<Answer> known = answers.get(call);
    if (known == null) {
      return new Answer(418, "");
    }
    return known.size() > 1 ? known.pop() : known.element();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
