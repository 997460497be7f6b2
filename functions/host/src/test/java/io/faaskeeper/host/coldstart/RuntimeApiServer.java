package io.faaskeeper.host.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's runtime API for one process of one function, as its Java runtime client uses it; also
 * where that finds its credentials, and an EventBridge that takes all calls. What the process says
 * is told in order by {@link #next}.
 */
final class RuntimeApiServer implements AutoCloseable {
  private static final String RUNTIME = "/2018-06-01/runtime";
  private static final String CREDENTIALS = "/credentials";
  private static final byte[] EVENTS = {'{', '}'};
  private static final long LIMIT_SECONDS = 60;
  private static final long FUNCTION_MILLIS = 10_000;

  static {
    // An answer leaves at once: without this it waits for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final BlockingQueue<Said> said = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> given = new SynchronousQueue<>();

  /**
   * What the process said.
   *
   * @param what the end of the path
   * @param body what came with it
   * @param nanos when
   */
  record Said(String what, String body, long nanos) {}

  RuntimeApiServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String credentials() {
    return "http://" + address() + CREDENTIALS;
  }

  /** What the process says next, which has to be this. */
  Said next(String what) throws InterruptedException {
    Said next = said.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (next == null || !next.what().equals(what)) {
      throw new AssertionError(what + " was to come, but it was " + next);
    }
    return next;
  }

  /** Answers the poll that the process waits at. */
  void give(byte[] event) throws InterruptedException {
    if (!given.offer(event, LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody waits for an event");
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(RUNTIME)) {
      answer(exchange, 200, path.equals(CREDENTIALS) ? credentialsOfNobody() : EVENTS);
      return;
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String what = path.substring(RUNTIME.length());
    said.add(new Said(what, body, System.nanoTime()));
    if (!what.endsWith("/next")) {
      answer(exchange, 202, new byte[0]);
      return;
    }
    try {
      byte[] event = given.take();
      var headers = exchange.getResponseHeaders();
      headers.set("Lambda-Runtime-Aws-Request-Id", "1");
      headers.set(
          "Lambda-Runtime-Deadline-Ms",
          String.valueOf(System.currentTimeMillis() + FUNCTION_MILLIS));
      headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:0:function:f");
      answer(exchange, 200, event);
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static byte[] credentialsOfNobody() {
    return """
        {"AccessKeyId": "local", "SecretAccessKey": "local", "Token": "local",
         "Expiration": "2999-01-01T00:00:00Z"}
        """
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    // The runtime client's native library ends its process where there is none.
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
