package io.faaskeeper.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.net.httpserver.HttpServer;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.DeadlinePassedException;
import io.faaskeeper.port.Samples;
import io.faaskeeper.port.SessionStore;
import io.faaskeeper.port.Stages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A function that wakes up after its deadline, against a store that only fails. */
class DeadlineGuardTest {
  private static final Deadline DEADLINE = new Deadline(100);
  private static final SessionState SESSION =
      new SessionState(1, 1, SessionState.Status.OPEN, 4000, Samples.freshProcess(), 1, 0, 1, 1, 1);

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong now = new AtomicLong();
  private HttpServer store;

  @BeforeEach
  void open() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          now.addAndGet(60);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(500, -1);
          exchange.close();
        });
    store.start();
  }

  @AfterEach
  void close() {
    store.stop(0);
  }

  @Test
  void noAttemptIsSentAfterTheDeadlineAndItIsUnknownWhatBecameOfThoseBefore() {
    RuntimeException failure = write(now::get);

    assertFalse(failure instanceof DeadlinePassedException, failure.toString());
    assertEquals(2, requests.get());
  }

  /** Frozen between the port's own look at the clock and the moment when it sends. */
  @Test
  void nothingIsSentIfTheDeadlineComesFirst() {
    RuntimeException failure = write(() -> now.getAndAdd(101));

    assertEquals(DeadlinePassedException.class, failure.getClass());
    assertEquals(0, requests.get());
  }

  private RuntimeException write(LongSupplier nanoTime) {
    URI endpoint = URI.create("http://127.0.0.1:" + store.getAddress().getPort());
    try (AwsClients clients =
        new AwsClients(new AwsClients.Endpoints("us-east-1", endpoint, endpoint), List.of())) {
      SessionStore sessions =
          new AwsPorts(clients, new AwsDeploymentNames("x"), clock(nanoTime), new SecureRandom())
              .sessions();
      return Stages.awaitFailure(RuntimeException.class, sessions.apply(SESSION, DEADLINE));
    }
  }

  private static Clock clock(LongSupplier nanoTime) {
    return new Clock() {
      @Override
      public long nanoTime() {
        return nanoTime.getAsLong();
      }

      @Override
      public long currentTimeMillis() {
        return 0;
      }
    };
  }
}
