package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.MailboxEvent.Kind;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import io.faaskeeper.port.WatchFunction.Delivery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

class LambdaWatchFunctionTest {
  private static final List<Delivery> DELIVERIES =
      List.of(
          new Delivery(
              "p",
              new TreeMap<>(Map.of(7L, List.of(new MailboxEvent(0, Kind.CREATED, "/a", null))))));

  private final BlockingQueue<String> paths = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> payloads = new LinkedBlockingQueue<>();
  private HttpServer server;
  private LambdaWatchFunction watch;

  /** Whether the function is to fail. */
  private volatile boolean failing;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    watch = new LambdaWatchFunction("faaskeeper-d-watch", "us-east-1", endpoint);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void deliveriesReachTheFunction() throws Exception {
    watch.deliver(DELIVERIES, Deadline.NONE).toCompletableFuture().join();

    assertEquals("/2015-03-31/functions/faaskeeper-d-watch/invocations", paths.take());
    assertEquals(DELIVERIES, WatchEvent.decode(payloads.take()));
  }

  @Test
  void failureOfTheFunctionIsAFailure() {
    failing = true;

    CompletionException error =
        assertThrows(
            CompletionException.class,
            () -> watch.deliver(DELIVERIES, Deadline.NONE).toCompletableFuture().join());

    assertTrue(String.valueOf(error.getCause()).contains("no storage"));
  }

  @Test
  void nothingIsInvokedAfterTheDeadline() {
    Deadline passed = new Deadline(Clock.SYSTEM.nanoTime() - 1);

    CompletionException error =
        assertThrows(
            CompletionException.class,
            () -> watch.deliver(DELIVERIES, passed).toCompletableFuture().join());

    assertInstanceOf(DeadlinePassedException.class, error.getCause());
    assertTrue(paths.isEmpty());
  }

  @Test
  @Timeout(60)
  void functionThatTakesLongerThanTheCallerHasIsAFailure() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    server.createContext("/2015-03-31/", exchange -> awaitEnd(exchange, working));
    Deadline soon = new Deadline(Clock.SYSTEM.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500));

    CompletionException error =
        assertThrows(
            CompletionException.class,
            () -> watch.deliver(DELIVERIES, soon).toCompletableFuture().join());
    working.countDown();

    assertInstanceOf(ApiCallTimeoutException.class, error.getCause());
  }

  private static void awaitEnd(HttpExchange exchange, CountDownLatch working) {
    try (exchange) {
      working.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      paths.add(exchange.getRequestURI().getPath());
      payloads.add(exchange.getRequestBody().readAllBytes());
      if (failing) {
        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
      }
      byte[] body =
          (failing ? "{\"errorMessage\":\"no storage\"}" : "{}").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
