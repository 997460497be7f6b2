package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.memory.MemoryChannels;
import io.faaskeeper.memory.MemoryStorage;
import io.faaskeeper.model.LogEntry;
import io.faaskeeper.model.LogRecord;
import io.faaskeeper.model.MailboxEvent;
import io.faaskeeper.model.Result;
import io.faaskeeper.model.SessionState;
import io.faaskeeper.port.Clock;
import io.faaskeeper.port.Deadline;
import io.faaskeeper.port.Scheduler;
import io.faaskeeper.port.ServicePorts;
import io.faaskeeper.port.Watermark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What CloudWatch reads in a function's log, against the specification of its format. */
class EmbeddedMetricsTest {
  private static final long MILLIS = 1_790_000_000_000L;

  /** Of the units that the specification lists, those that are used. */
  private static final Set<String> UNITS = Set.of("Count", "Milliseconds");

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private long nanos;

  private final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return nanos;
        }

        @Override
        public long currentTimeMillis() {
          return MILLIS;
        }
      };

  private final StageMeter meter = new StageMeter(clock);
  private final ServicePorts ports = meter.watch(storage());
  private final Metrics metrics =
      new Metrics(
          "writer",
          "d",
          new CallMeter(),
          meter,
          clock,
          new PrintStream(output, true, StandardCharsets.UTF_8));

  private ServicePorts storage() {
    MemoryStorage memory = new MemoryStorage(clock, 16);
    Scheduler scheduler =
        (delay, task) -> {
          throw new AssertionError("nobody waits");
        };
    return new ServicePorts(
        memory.log(),
        memory.watermarks(),
        memory.nodes(),
        memory.children(),
        memory.owners(),
        memory.sessions(),
        memory.processes(),
        memory.mailbox(),
        new MemoryChannels(),
        clock,
        scheduler);
  }

  @Test
  void aWritersBatch() throws Exception {
    metrics.begin();
    append(new LogRecord(1, 1, List.of(LogEntry.ofService(1, new Result.Checked(), List.of()))));
    nanos += 1_000_000;
    append(new LogRecord(1, 2, List.of(LogEntry.ofService(1, new Result.Checked(), List.of()))));
    nanos += 1_500_000;
    join(ports.watermarks().advance(new Watermark(0, 0, 0, false), 1, 1, Deadline.NONE));
    append(new LogRecord(2, 3, List.of(closed(2, 0), closed(3, 0), closed(4, 7))));
    mail("p", 2);
    mail("p", 3);
    mail("q", 3);
    metrics.end(2, 0, Map.of("setData", 3, "sync", 1));

    JsonNode line = line();
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"Timestamp": 1790000000000, "CloudWatchMetrics": [{"Namespace": "FaaSKeeper",
                 "Dimensions": [["deployment", "function"]], "Metrics": [
                  {"Name": "BatchSize", "Unit": "Count"},
                  {"Name": "AppendConflicts", "Unit": "Count"},
                  {"Name": "ApplyTime", "Unit": "Milliseconds"},
                  {"Name": "WatermarkLag", "Unit": "Count"},
                  {"Name": "MailboxDepth", "Unit": "Count"},
                  {"Name": "ExpiredSessions", "Unit": "Count"}]}]}
                """),
        line.get("_aws"));
    assertEquals(4, line.get("BatchSize").asInt());
    assertEquals(1, line.get("AppendConflicts").asInt());
    assertEquals(2.5, line.get("ApplyTime").asDouble());
    assertEquals(1, line.get("WatermarkLag").asInt());
    assertEquals(2, line.get("MailboxDepth").asInt());
    assertEquals(2, line.get("ExpiredSessions").asInt());
    assertEquals("d", line.get("deployment").textValue());
    assertEquals("writer", line.get("function").textValue());
    assertKeepsToTheFormat(line);
  }

  @Test
  void whatTheEventHadNothingToDoWithIsNotThere() throws Exception {
    metrics.begin().end(1, 0, Map.of());
    assertTrue(line().path("_aws").isMissingNode());
    output.reset();

    join(ports.watermarks().advance(new Watermark(0, 0, 0, false), 1, 1, Deadline.NONE));
    metrics.begin();
    mail("p", 2);
    metrics.end(1, 0, Map.of());
    JsonNode line = line();
    assertKeepsToTheFormat(line);
    assertEquals(
        "[{\"Name\":\"MailboxDepth\",\"Unit\":\"Count\"}]",
        line.at("/_aws/CloudWatchMetrics/0/Metrics").toString());
  }

  /** The rules of the specification, each of which CloudWatch drops the whole line for. */
  private static void assertKeepsToTheFormat(JsonNode line) {
    assertTrue(line.toString().getBytes(StandardCharsets.UTF_8).length <= 1 << 20);
    assertTrue(line.at("/_aws/Timestamp").isIntegralNumber());
    JsonNode directives = line.at("/_aws/CloudWatchMetrics");
    assertTrue(directives.isArray() && !directives.isEmpty());
    for (JsonNode directive : directives) {
      assertTrue(isText(directive.get("Namespace")));
      for (JsonNode set : directive.get("Dimensions")) {
        assertTrue(set.isArray() && set.size() <= 30);
        for (JsonNode dimension : set) {
          assertTrue(isText(line.get(dimension.textValue())), dimension::toString);
        }
      }
      assertTrue(directive.get("Metrics").size() <= 100);
      Set<String> names = new HashSet<>();
      for (JsonNode metric : directive.get("Metrics")) {
        String name = metric.get("Name").textValue();
        assertTrue(!name.isEmpty() && name.length() <= 1024 && names.add(name), name);
        assertTrue(UNITS.contains(metric.get("Unit").textValue()), name);
        assertTrue(line.path(name).isNumber(), name);
      }
    }
  }

  private static boolean isText(JsonNode node) {
    return node.isTextual()
        && !node.textValue().isBlank()
        && node.textValue().length() <= 1024
        && node.textValue().chars().allMatch(c -> c >= 32 && c < 127);
  }

  private static LogEntry closed(long zxid, long seq) {
    SessionState session =
        new SessionState(zxid, zxid, SessionState.Status.CLOSED, 4_000, "p", 1, 0, 1, seq, 2);
    return new LogEntry(zxid, session, seq, 0, seq > 0, new Result.SessionClosed(), List.of(), "");
  }

  private void append(LogRecord record) {
    join(ports.log().append(record, Deadline.NONE));
  }

  private void mail(String process, long zxid) {
    MailboxEvent event = new MailboxEvent(0, MailboxEvent.Kind.CREATED, "/a", null);
    join(ports.mailbox().add(process, zxid, List.of(event), Deadline.NONE));
  }

  private JsonNode line() throws Exception {
    String text = output.toString(StandardCharsets.UTF_8);
    assertEquals(text.length() - 1, text.indexOf('\n'));
    return new ObjectMapper().readTree(text);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
