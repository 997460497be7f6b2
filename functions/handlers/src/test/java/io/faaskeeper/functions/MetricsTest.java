package io.faaskeeper.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faaskeeper.aws.CallMeter;
import io.faaskeeper.model.Codec;
import io.faaskeeper.model.Operation;
import io.faaskeeper.model.Request;
import io.faaskeeper.model.RequestMessage;
import io.faaskeeper.model.Seal;
import io.faaskeeper.port.Clock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void eventIsOneLine() throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    RequestTally tally = new RequestTally();
    tally.add(
        sealed(
            session(new Operation.SetData("/a", new byte[0], -1)),
            session(new Operation.SetData("/a", new byte[0], -1)),
            session(new Operation.CloseSession()),
            new Request.Sync(1)));
    tally.add(new byte[3]);

    new Metrics(
            "writer",
            "d",
            new CallMeter(),
            new StageMeter(Clock.SYSTEM),
            Clock.SYSTEM,
            new PrintStream(output, true, StandardCharsets.UTF_8))
        .begin()
        .end(2, 1, tally.counts());

    String line = output.toString(StandardCharsets.UTF_8);
    JsonNode metrics = new ObjectMapper().readTree(line);
    assertEquals(line.length() - 1, line.indexOf('\n'));
    assertEquals("{\"fk\":\"metrics\",\"function\":\"writer\",", line.substring(0, 36));
    assertEquals(
        "{\"closeSession\":1,\"malformed\":1,\"setData\":2,\"sync\":1}",
        metrics.get("requests").toString());
    assertEquals(2, metrics.get("messages").asInt());
    assertEquals(1, metrics.get("failed").asInt());
    assertEquals(0, metrics.get("calls").asInt());
  }

  private static Request session(Operation operation) {
    return new Request.OfSession(1, 1, 1, List.of(), operation);
  }

  private static byte[] sealed(Request... requests) {
    byte[] message = Codec.encode(new RequestMessage("p", "", List.of(requests)));
    return Seal.seal(new byte[Seal.SECRET_BYTES], Seal.Direction.TO_WRITER, message);
  }
}
