package io.faaskeeper.functions.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

class JsonLoggerTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final JsonLogger logger =
      new JsonLogger(
          "io.faaskeeper.Some",
          Level.INFO,
          new JsonLogger.Output(
              new PrintStream(output, true, StandardCharsets.UTF_8),
              "writer",
              InstantSource.fixed(Instant.EPOCH)));

  @Test
  void eventIsOneLineThatNamesFunctionAndRequest() throws Exception {
    CurrentRequest.begin("r-1");
    logger.warn("{} is \"{}\"\n", "a", 2);

    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"time": "1970-01-01T00:00:00Z", "level": "WARN", "function": "writer",
                 "request": "r-1", "logger": "io.faaskeeper.Some", "message": "a is \\"2\\"\\n"}
                """),
        line());
  }

  @Test
  void errorComesWithItsTraceOnTheSameLine() throws Exception {
    logger.error("failed", new IllegalStateException("why"));

    ObjectNode line = (ObjectNode) line();
    assertEquals("failed", line.get("message").asText());
    assertTrue(line.get("error").asText().startsWith("java.lang.IllegalStateException: why\n"));
  }

  @Test
  void keysAndValuesAreMembersOfTheLine() throws Exception {
    CurrentRequest.begin("r-2");
    logger.atInfo().addKeyValue("session", "0x1f").addKeyValue("zxid", 7L).log("{} done", "it");

    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"time": "1970-01-01T00:00:00Z", "level": "INFO", "function": "writer",
                 "request": "r-2", "logger": "io.faaskeeper.Some", "message": "it done",
                 "session": "0x1f", "zxid": 7}
                """),
        // Numbers of the same value may be of different types before they are written.
        new ObjectMapper().readTree(line().toString()));
  }

  @Test
  void whatIsBelowTheLevelIsNotWritten() {
    logger.debug("quiet");

    assertEquals(0, output.size());
  }

  @Test
  void othersAreHeardFromWarningsOn() {
    JsonLogging logging = new JsonLogging(Map.of(JsonLogging.LEVEL, "DEBUG"));

    assertEquals(Level.DEBUG, logging.threshold("io.faaskeeper.service.LogWriter"));
    assertEquals(Level.WARN, logging.threshold("software.amazon.awssdk.request"));
  }

  @Test
  void sl4jFindsIt() {
    assertTrue(LoggerFactory.getILoggerFactory() instanceof JsonLogging);
  }

  private JsonNode line() throws Exception {
    String text = output.toString(StandardCharsets.UTF_8);
    assertEquals(text.length() - 1, text.indexOf('\n'));
    return new ObjectMapper().readTree(text);
  }
}
