package io.faaskeeper.host.lambda;

import static io.faaskeeper.host.lambda.HostFixture.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InvokeEndpointTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;
  private HostFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new HostFixture(folder);
    fixture.deploy("echo", 1, Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void invocationReturnsWhatTheHandlerReturns() throws Exception {
    HttpResponse<String> answer = client.send(invoke("echo", "hello"), BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertEquals("hello", JSON.readTree(answer.body()).at("/event/script").asText());
    assertTrue(answer.headers().firstValue("X-Amz-Function-Error").isEmpty());
  }

  @Test
  void failureOfTheFunctionIsToldInAHeader() throws Exception {
    HttpResponse<String> answer = client.send(invoke("echo", "throw:why"), BodyHandlers.ofString());

    assertEquals(200, answer.statusCode());
    assertEquals("Unhandled", answer.headers().firstValue("X-Amz-Function-Error").orElseThrow());
    assertEquals("why", JSON.readTree(answer.body()).get("errorMessage").asText());
  }

  @Test
  void unknownFunctionIsRefused() throws Exception {
    HttpResponse<String> answer = client.send(invoke("other", ""), BodyHandlers.ofString());

    assertEquals(404, answer.statusCode());
    assertEquals(
        "ResourceNotFoundException", answer.headers().firstValue("X-Amzn-ErrorType").orElseThrow());
  }

  @Test
  void invocationBeyondTheConcurrencyIsRefused() throws Exception {
    CompletableFuture<HttpResponse<String>> first =
        client.sendAsync(invoke("echo", "meet:a:b"), BodyHandlers.ofString());
    fixture.journal.await("a");

    HttpResponse<String> second = client.send(invoke("echo", ""), BodyHandlers.ofString());

    assertEquals(429, second.statusCode());
    fixture.journal.leave("b");
    assertEquals(200, first.join().statusCode());
  }

  private HttpRequest invoke(String function, String script) {
    URI uri = fixture.host.endpoint().resolve("/2015-03-31/functions/" + function + "/invocations");
    return HttpRequest.newBuilder(uri)
        .POST(BodyPublishers.ofByteArray(HostFixture.event(script)))
        .build();
  }
}
